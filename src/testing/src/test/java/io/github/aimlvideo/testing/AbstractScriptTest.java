package io.github.aimlvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a script can say; the mock and the fake behave the same. */
abstract class AbstractScriptTest {
  private static final Path VIDEO = Path.of("../../mock/sample.mp4");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MOMENT = Duration.ofMillis(200);

  private final Recorder recorder = new Recorder();

  abstract void nextGeneration(GenerationScript script);

  abstract List<RecordedCreate> creates();

  /** A client whose polls are frequent enough for this test. */
  abstract VideoClient client(Consumer<VideoClientBuilder> settings);

  abstract long nanoTime();

  @Test
  void completesAtOnceWithoutScript() {
    try (VideoClient client = client()) {
      VideoGeneration generation = client.get(client.create(request()).id());

      assertThat(generation.isCompleted()).isTrue();
    }
  }

  @Test
  void hasTheStatusOfTheScript() {
    nextGeneration(GenerationScript.completed().queued(HOUR).generating(HOUR));
    nextGeneration(GenerationScript.completed().queued(Duration.ZERO).generating(HOUR));
    nextGeneration(
        GenerationScript.completed().generating(Duration.ZERO).status("reticulating", HOUR));
    nextGeneration(GenerationScript.completed().queued(Duration.ZERO));

    try (VideoClient client = client()) {
      List<String> seen =
          Stream.generate(() -> client.get(client.create(request()).id()).status())
              .limit(4)
              .toList();

      assertThat(seen).containsExactly("queued", "generating", "reticulating", "completed");
    }
  }

  @Test
  void statusesFollowEachOther() {
    nextGeneration(GenerationScript.completed().queued(MOMENT).status("reticulating", MOMENT));

    try (VideoClient client = client()) {
      Duration time = timeOf(() -> client.generate(request()));

      assertThat(time).isGreaterThanOrEqualTo(MOMENT.multipliedBy(2));
    }
  }

  @Test
  void failsWithTheScriptedError() {
    nextGeneration(
        GenerationScript.failed("ContentPolicy", "Not this \"image\".").generating(MOMENT));

    try (VideoClient client = client()) {
      var failed =
          catchThrowableOfType(GenerationFailedException.class, () -> client.generate(request()));

      assertThat(failed.generation().orElseThrow().failureReason())
          .contains("ContentPolicy: Not this \"image\".");
    }
  }

  @Test
  void rejectsCreateThenAcceptsIt() {
    nextGeneration(GenerationScript.completed().rejectCreate(429, 2).rejectCreate(503, 1));

    try (VideoClient client = client()) {
      String id = client.create(request(), "mine-1").id();

      assertThat(recorder.rejections).containsExactly(429, 429, 503);
      assertThat(creates()).extracting(RecordedCreate::generationId).containsExactly(id);
      assertThat(creates().get(0).clientRequestId()).contains("mine-1");
    }
  }

  @Test
  void retryKeepsTheScriptOfItsCreate() throws InterruptedException {
    nextGeneration(GenerationScript.completed().rejectCreate(429, 3).queued(HOUR));
    nextGeneration(GenerationScript.completed().rejectCreate(503, 1).generating(HOUR));

    try (VideoClient client = client()) {
      var first = client.createAsync(request());
      recorder.rejected.await();
      var second = client.createAsync(request());

      assertThat(client.get(first.join().id()).status()).isEqualTo("queued");
      assertThat(client.get(second.join().id()).status()).isEqualTo("generating");
    }
  }

  @Test
  void parallelCreatesWithoutIdHaveTheirOwnScripts() {
    nextGeneration(GenerationScript.completed().latency(MOMENT).queued(HOUR));
    nextGeneration(GenerationScript.completed().latency(MOMENT).generating(HOUR));

    try (VideoClient client = client()) {
      var first = CompletableFuture.supplyAsync(() -> createWithoutId(client));
      var second = CompletableFuture.supplyAsync(() -> createWithoutId(client));

      assertThat(Stream.of(first, second).map(CompletableFuture::join))
          .extracting(created -> client.get(created.body().getId()).status())
          .containsExactlyInAnyOrder("queued", "generating");
      assertThat(creates())
          .extracting(RecordedCreate::clientRequestId)
          .containsOnly(Optional.empty());
    }
  }

  @Test
  void retryWithoutIdKeepsTheScript() {
    nextGeneration(GenerationScript.completed().rejectCreate(429, 1).queued(HOUR));

    try (VideoClient client = client()) {
      int rejection = createWithoutId(client).code();
      var created = createWithoutId(client);

      assertThat(rejection).isEqualTo(429);
      assertThat(client.get(created.body().getId()).status()).isEqualTo("queued");
    }
  }

  @Test
  void sendsRetryAfter() {
    nextGeneration(GenerationScript.completed().rejectCreate(503, 1, Duration.ofSeconds(1)));

    try (VideoClient client = client()) {
      Duration time = timeOf(() -> client.create(request()));

      assertThat(time).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 418, 429, 503})
  void rejectsCreateEveryTime(int status) {
    nextGeneration(GenerationScript.completed().rejectCreate(status, 100));

    try (VideoClient client = client()) {
      var rejection = catchThrowableOfType(ApiException.class, () -> client.create(request()));

      assertThat(rejection.status()).isEqualTo(status);
      assertThat(creates()).isEmpty();
    }
  }

  @Test
  void losesCreateResponse() {
    nextGeneration(GenerationScript.completed().loseCreateResponse());

    try (VideoClient client = client()) {
      VideoGeneration generation = client.generate(request());

      assertThat(creates())
          .extracting(RecordedCreate::generationId)
          .containsExactly(generation.id());
      assertThat(recorder.unknown).hasSize(1);
    }
  }

  @Test
  void losesCreateRequest() {
    nextGeneration(GenerationScript.completed().loseCreateRequest());

    try (VideoClient client = client()) {
      var unknown =
          catchThrowableOfType(
              CreateOutcomeUnknownException.class, () -> client.create(request(), "mine-2"));

      assertThat(unknown.clientRequestId()).contains("mine-2");
      assertThat(client.recover("mine-2")).isEmpty();
      assertThat(creates()).isEmpty();
    }
  }

  static Stream<GenerationScript> pollErrors() {
    return Stream.of(
        GenerationScript.completed().rejectPolls(500, 2),
        GenerationScript.completed().rejectPolls(429, 1, Duration.ZERO).rejectPolls(404, 1),
        GenerationScript.completed().truncatePolls(2),
        GenerationScript.completed().garblePolls(2));
  }

  @ParameterizedTest
  @MethodSource("pollErrors")
  void pollsSucceedAfterErrors(GenerationScript script) {
    nextGeneration(script);

    try (VideoClient client = client()) {
      assertThat(client.generate(request()).isCompleted()).isTrue();
      assertThat(recorder.pollErrors).hasSize(2);
    }
  }

  @Test
  void http403EndsThePolling() {
    nextGeneration(GenerationScript.completed().rejectPolls(403, 1));

    try (VideoClient client = client()) {
      var rejection = catchThrowableOfType(ApiException.class, () -> client.generate(request()));

      assertThat(rejection.status()).isEqualTo(403);
      assertThat(client.await(rejection.generationId().orElseThrow()).isCompleted()).isTrue();
    }
  }

  @Test
  void delaysResponses() {
    nextGeneration(GenerationScript.completed().latency(MOMENT));

    try (VideoClient client = client()) {
      Duration time = timeOf(() -> client.get(client.create(request()).id()));

      assertThat(time).isGreaterThanOrEqualTo(MOMENT.multipliedBy(2));
    }
  }

  static Stream<GenerationScript> downloadErrors() {
    return Stream.of(
        GenerationScript.completed().truncateDownloads(3),
        GenerationScript.completed().rejectDownloads(503, 2).truncateDownloads(1),
        GenerationScript.completed().expireDownloadUrl(2));
  }

  @ParameterizedTest
  @MethodSource("downloadErrors")
  void downloadsSucceedAfterErrors(GenerationScript script, @TempDir Path folder) {
    nextGeneration(script);

    try (VideoClient client = client()) {
      client.generate(request(), folder.resolve("fox.mp4"));

      assertThat(folder.resolve("fox.mp4")).hasSameBinaryContentAs(VIDEO);
    }
  }

  @ParameterizedTest
  @MethodSource("fatalDownloadErrors")
  void downloadFails(GenerationScript script, @TempDir Path folder) {
    nextGeneration(script);

    try (VideoClient client = client()) {
      assertThatThrownBy(() -> client.generate(request(), folder.resolve("fox.mp4")))
          .isInstanceOf(DownloadException.class);
      assertThat(folder).isEmptyDirectory();
    }
  }

  static Stream<GenerationScript> fatalDownloadErrors() {
    return Stream.of(
        GenerationScript.completed().expireDownloadUrl(3),
        GenerationScript.completed().rejectDownloads(418, 1),
        GenerationScript.completed().truncateDownloads(100));
  }

  @Test
  void givesUpAtTheTimeout() {
    nextGeneration(GenerationScript.completed().status("reticulating", HOUR));
    PollPolicy policy = PollPolicy.DEFAULT.withInterval(MOMENT).withTimeout(MOMENT.plusMillis(50));

    try (VideoClient client = client(settings -> settings.pollPolicy(policy))) {
      var timeout =
          catchThrowableOfType(GenerationTimeoutException.class, () -> client.generate(request()));

      assertThat(timeout.timeout()).isEqualTo(policy.timeout());
      assertThat(timeout.generation().orElseThrow().status()).isEqualTo("reticulating");
      assertThat(timeout.generationId()).contains(creates().get(0).generationId());
    }
  }

  @Test
  void doesNotKnowAnotherId() {
    try (VideoClient client = client()) {
      var rejection = catchThrowableOfType(ApiException.class, () -> client.get("another"));

      assertThat(rejection.status()).isEqualTo(404);
    }
  }

  @Test
  void tellsCreditsAndFindsCreatesInTheLogs() {
    nextGeneration(GenerationScript.completed().queued(HOUR));

    try (VideoClient client = client()) {
      VideoGeneration first = client.create(request(), "mine-3");
      client.create(request(), "mine-4");

      assertThat(first.creditsUsed())
          .hasValueSatisfying(used -> assertThat(used).isEqualByComparingTo("560000"));
      assertThat(client.recover("mine-3").map(VideoGeneration::id)).contains(first.id());
      assertThat(client.recover("mine-5")).isEmpty();
    }
  }

  @Test
  void servesTheLegacyEndpoint() {
    try (VideoClient client = client(settings -> settings.useLegacyEndpoint(true))) {
      assertThat(client.generate(request()).isCompleted()).isTrue();
    }
  }

  @Test
  void recordsCreates() {
    try (VideoClient client = client()) {
      String id = client.create(request().prompt("Grüße, \"Mona\"").duration(5)).id();

      RecordedCreate create = creates().get(0);

      assertThat(create.model()).isEqualTo("kling-video/v1/standard/image-to-video");
      assertThat(create.body().get("prompt").getAsString()).isEqualTo("Grüße, \"Mona\"");
      assertThat(create.body().get("duration").getAsInt()).isEqualTo(5);
      assertThat(create.generationId()).isEqualTo(id);
    }
  }

  @Test
  void recordsOnlyTheBeginningOfAnImage() {
    try (VideoClient client = client()) {
      client.create(request().imageUrl(Image.bytes(png(20_000))));

      String image = creates().get(0).body().get("image_url").getAsString();

      assertThat(image).startsWith("data:image/png;base64,").hasSize(1000);
    }
  }

  @Test
  void rejectsRequestThatViolatesTheContract() {
    try (VideoClient client = client()) {
      var rejection =
          catchThrowableOfType(
              VideoException.class,
              () ->
                  client.create(
                      new UntypedVideoRequest("kling-video/v1/standard/image-to-video")
                          .with("prompt", 5)));

      assertThat(rejection).isInstanceOf(ApiException.class).hasMessageContaining("400");
      assertThat(creates()).isEmpty();
    }
  }

  private VideoClient client() {
    return client(settings -> settings.listener(recorder).callbackExecutor(Runnable::run));
  }

  private static KlingVideoV1StandardImageToVideoRequest request() {
    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(Image.url("https://example.com/mona-lisa.png"));
  }

  private static retrofit2.Response<VideoGenerationResponse> createWithoutId(VideoClient client) {
    try {
      return client.api().create(request(), null).execute();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] png(int length) {
    byte[] image = new byte[length];
    System.arraycopy(
        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, 0, image, 0, 8);
    return image;
  }

  private Duration timeOf(Runnable work) {
    long start = nanoTime();
    work.run();
    return Duration.ofNanos(nanoTime() - start);
  }

  /** Called on the client's own threads, so before a method of the client returns. */
  private static final class Recorder implements GenerationListener {
    final List<Integer> rejections = new CopyOnWriteArrayList<>();
    final List<Exception> unknown = new CopyOnWriteArrayList<>();
    final List<Exception> pollErrors = new CopyOnWriteArrayList<>();
    final CountDownLatch rejected = new CountDownLatch(1);

    @Override
    public void onCreateRetry(String clientRequestId, ApiException cause) {
      rejections.add(cause.status());
      rejected.countDown();
    }

    @Override
    public void onOutcomeUnknown(String clientRequestId, CreateOutcomeUnknownException cause) {
      unknown.add(cause);
    }

    @Override
    public void onPollRetry(String generationId, Exception cause) {
      pollErrors.add(cause);
    }
  }
}
