package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.fixture.Mock;
import io.github.aimlvideo.fixture.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mock as developers use it: each generation has its own id, statuses and video. */
class LifecycleIT {
  private static final OkHttpClient HTTP = new OkHttpClient();
  private static final Path SAMPLE = Path.of("../../mock/sample.mp4");

  @AfterAll
  static void end() {
    HTTP.dispatcher().executorService().shutdown();
    HTTP.connectionPool().evictAll();
  }

  @Test
  void imageBecomesAVideo(@TempDir Path folder) {
    try (VideoClient client = client(Map.of()).build()) {
      VideoGeneration generation =
          client.generate(Samples.minimal().imageUrl(Image.file(Path.of("../../mock/sample.jpg"))));
      Path video = client.download(generation, folder.resolve("sample.mp4"));

      assertThat(video).hasSameBinaryContentAs(SAMPLE);
    }
  }

  @Test
  void eachCreateHasItsOwnId() {
    try (VideoClient client = client(Map.of()).build()) {
      VideoGeneration first = client.create(Samples.minimal());
      VideoGeneration second = client.create(Samples.minimal());

      assertThat(first.status()).isEqualTo("queued");
      assertThat(first.id()).hasSize(21).isNotEqualTo(second.id());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3600, 0, completed, queued",
    "0, 3600, completed, generating",
    "0, 0, completed, completed",
    "0, 0, error, error",
  })
  void headersScriptEveryStatus(String queued, String generating, String end, String status) {
    Map<String, String> headers =
        Map.of("X-Mock-Queued", queued, "X-Mock-Generating", generating, "X-Mock-End", end);
    try (VideoClient client = client(headers).build()) {
      String id = client.create(Samples.minimal()).id();

      VideoGeneration generation = client.get(id);

      assertThat(generation.id()).isEqualTo(id);
      assertThat(generation.status()).isEqualTo(status);
      assertThat(generation.videoUrl().isPresent()).isEqualTo(status.equals("completed"));
    }
  }

  @Test
  void unknownIdIsNotFound() {
    try (VideoClient client = client(Map.of()).build()) {
      var notFound = catchThrowableOfType(ApiException.class, () -> client.get("-no/such:id"));

      assertThat(notFound.status()).isEqualTo(404);
      assertThat(notFound).hasMessageContaining("Inference not found");
    }
  }

  @Test
  void imageBeyondPrismsLimitIsAccepted() {
    byte[] image = Arrays.copyOf(Samples.PNG, 12 << 20);
    try (VideoClient client = client(Map.of()).build()) {
      assertThat(client.create(Samples.minimal().imageUrl(Image.bytes(image))).id()).hasSize(21);
    }
  }

  @Test
  void legacyEndpointWorks() {
    try (VideoClient client = client(Map.of()).useLegacyEndpoint(true).build()) {
      assertThat(client.get(client.create(Samples.minimal()).id()).isCompleted()).isTrue();
    }
  }

  @Test
  void requestsAreStillValidatedByPrism() throws IOException {
    try (VideoClient client = client(Map.of()).build()) {
      var rejection = client.api().create(Samples.minimal().cfgScale(1.5), null).execute();

      assertThat(rejection.code()).isEqualTo(400);
      assertThat(rejection.errorBody().string()).contains("cfg_scale must be <= 1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vendor/model-1", "m", "kling-video/v1/standard/image-to-vide", "新/模型"})
  void modelWithoutAClassIsTaken(String model) {
    VideoRequest request = new UntypedVideoRequest(model).with("frames", List.of(1, "a"));
    try (VideoClient client = client(Map.of()).build()) {
      assertThat(client.get(client.create(request).id()).isCompleted()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | must have required property 'model'",
        "{'model':''} | model must NOT have fewer than 1 characters",
        "{'model':7} | model must be string",
        "[] | must be object",
      })
  void everyRequestMustNameAModel(String body, String violation) throws IOException {
    Request request =
        new Request.Builder()
            .url(Mock.url() + "/v2/video/generations")
            .header("Authorization", "Bearer key")
            .post(RequestBody.create(body.replace('\'', '"'), MediaType.get("application/json")))
            .build();
    try (Response response = HTTP.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(400);
      assertThat(response.body().string()).contains(violation);
    }
  }

  @Test
  void logsContainTheCreates() {
    String mine = UUID.randomUUID().toString();
    try (VideoClient client = client(Map.of()).build()) {
      VideoGeneration created = client.create(Samples.minimal(), mine);
      for (int i = 0; i < 120; i++) client.create(Samples.minimal());

      assertThat(client.recover(mine).orElseThrow().id()).isEqualTo(created.id());
      assertThat(client.recover("never-sent")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 206, bytes 0-9/, 10",
    "bytes=44190-, 206, bytes 44190-44190/, 1",
    "bytes=-5, 206, bytes 44186-44190/, 5",
    "bytes=44191-, 416, bytes */, 0",
    "lines=1-2, 200, , 44191",
  })
  void videoIsServedInRanges(String range, int status, String contentRange, int length)
      throws IOException {
    Request request =
        new Request.Builder().url(Mock.url() + "/sample.mp4").header("Range", range).build();

    try (Response response = HTTP.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(status);
      assertThat(response.header("Content-Range"))
          .isEqualTo(contentRange == null ? null : contentRange + "44191");
      assertThat(response.body().bytes()).hasSize(length);
    }
  }

  private static VideoClientBuilder client(Map<String, String> headers) {
    OkHttpClient http =
        HTTP.newBuilder()
            .addInterceptor(
                chain -> {
                  Request.Builder request = chain.request().newBuilder();
                  headers.forEach(request::header);
                  return chain.proceed(request.build());
                })
            .build();
    return VideoClient.builder()
        .apiKey("key")
        .baseUrl(Mock.url())
        .httpClient(http)
        .pollPolicy(PollPolicy.DEFAULT.withInterval(Duration.ofMillis(100)));
  }
}
