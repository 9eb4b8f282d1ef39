package io.github.aimlvideo.internal.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An image that is not the one that was given never becomes a paid generation. */
@Timeout(60)
class ChangedImageTest {
  private static final byte[] IMAGE = Arrays.copyOf(Samples.PNG, 300_000);

  private final Server server = new Server();
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  @TempDir private Path folder;
  private Path file;

  /** What happens to a file. */
  enum Change {
    EMPTIED,
    TRUNCATED,
    GROWN,
    REPLACED,
    DELETED;

    void applyTo(Path file) {
      try {
        switch (this) {
          case EMPTIED -> Files.write(file, new byte[0]);
          case TRUNCATED -> Files.write(file, Arrays.copyOf(IMAGE, IMAGE.length - 1));
          case GROWN -> Files.write(file, new byte[1], StandardOpenOption.APPEND);
          case REPLACED -> replace(file);
          case DELETED -> Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void replace(Path file) throws IOException {
      Path other = Files.write(file.resolveSibling("other.png"), IMAGE);
      Files.setLastModifiedTime(other, FileTime.from(Instant.ofEpochSecond(1)));
      Files.delete(file);
      Files.move(other, file);
    }
  }

  @BeforeEach
  void write() throws IOException {
    file = Files.write(folder.resolve("image.png"), IMAGE);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void changeBeforeTheCreateIsAnInvalidRequest(Change change) {
    var request = Samples.minimal().imageUrl(Image.file(file));
    change.applyTo(file);

    try (VideoClient client = server.client().build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.create(request))
          .withMessageContaining("an image cannot be read: ")
          .withMessageContaining(file.toString());
    }
    assertThat(server.web.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void changeDuringTheSendIsNotSent(Change change) {
    isNotSent(change, Protocol.HTTP_1_1);
  }

  @ParameterizedTest
  @EnumSource
  void changeDuringTheSendIsNotSentByHttp2(Change change) {
    server.web.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    isNotSent(change, Protocol.H2_PRIOR_KNOWLEDGE);
  }

  /** The head has been sent, but no server accepts the beginning of a body. */
  private void isNotSent(Change change, Protocol protocol) {
    OkHttpClient.Builder http = new OkHttpClient.Builder().protocols(List.of(protocol));
    http.eventListener(
        new EventListener() {
          @Override
          public void requestBodyStart(Call call) {
            events.add("sending");
            change.applyTo(file);
          }
        });
    server.status("queued");

    try (VideoClient client = client().httpClient(http.build()).build()) {
      assertThatThrownBy(() -> client.create(Samples.minimal().imageUrl(Image.file(file))))
          .isInstanceOf(ApiException.class)
          .hasMessageStartingWith("the create was not sent; it failed: ")
          .hasMessageContaining(file.toString());
    }
    assertThat(events).containsExactly("sending");
    server.close();
    assertThat(wholeRequests()).isEmpty();
  }

  private List<RecordedRequest> wholeRequests() {
    return IntStream.range(0, server.web.getRequestCount())
        .mapToObj(i -> server.request())
        .filter(request -> request.getFailure() == null)
        .toList();
  }

  @Test
  void sameFailureAfterAWholeBodyIsUnknown() {
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  chain.proceed(chain.request()).close();
                  throw new FileSystemException("cache", null, "disk full");
                })
            .build();
    server.status("queued");

    try (VideoClient client = client().httpClient(http).build()) {
      assertThatThrownBy(() -> client.create(Samples.minimal().imageUrl(Image.file(file))))
          .isInstanceOf(CreateOutcomeUnknownException.class);
    }
    assertThat(events).containsExactly("unknown");
    assertThat(server.web.getRequestCount()).isEqualTo(1);
  }

  private VideoClientBuilder client() {
    return server
        .client()
        .retryPolicy(RetryPolicy.DEFAULT)
        .listener(
            new GenerationListener() {
              @Override
              public void onCreateRetry(String clientRequestId, ApiException cause) {
                events.add("retry");
              }

              @Override
              public void onOutcomeUnknown(
                  String clientRequestId, CreateOutcomeUnknownException reason) {
                events.add("unknown");
              }
            });
  }

  @Test
  void pipeIsReadOnceAndSentWhole() throws Exception {
    Path pipe = pipe();
    CompletableFuture<Path> writer = writing(pipe, IMAGE);
    server.status("queued");

    Image image = Image.file(pipe);
    try (VideoClient client = server.client().build()) {
      client.create(Samples.minimal().imageUrl(image));
    }

    writer.get();
    assertThat(image.byteCount()).isEqualTo(IMAGE.length);
    assertThat(server.requestJson().get("image_url").getAsString())
        .isEqualTo("data:image/png;base64," + Base64.getEncoder().encodeToString(IMAGE));
  }

  @Test
  void emptyPipeIsRefused() throws Exception {
    Path pipe = pipe();
    CompletableFuture<Path> writer = writing(pipe, new byte[0]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.file(pipe))
        .withMessage("the image is empty: " + pipe);
    writer.get();
  }

  private Path pipe() throws Exception {
    assumeThat(System.getProperty("os.name")).doesNotStartWith("Windows");
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  private static CompletableFuture<Path> writing(Path pipe, byte[] bytes) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Files.write(pipe, bytes, StandardOpenOption.WRITE);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
