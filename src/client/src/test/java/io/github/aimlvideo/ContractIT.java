package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.github.aimlvideo.fixture.Canaries;
import io.github.aimlvideo.fixture.Contract;
import io.github.aimlvideo.fixture.Mock;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import io.github.aimlvideo.model.ErrorResponse;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the client follows the contract, with Prism as the server. */
class ContractIT {
  private static final OkHttpClient HTTP = new OkHttpClient();
  private static final Contract CONTRACT = Contract.checkedIn();
  private static String prism;

  @BeforeAll
  static void start() {
    prism = Mock.prismUrl();
  }

  @AfterAll
  static void stop() {
    HTTP.dispatcher().executorService().shutdown();
    HTTP.connectionPool().evictAll();
  }

  static Stream<Contract.Example> statuses() {
    return CONTRACT.examples().stream().filter(example -> example.status() == 200);
  }

  static Stream<Contract.Example> errors() {
    return CONTRACT.examples().stream().filter(example -> example.status() != 200);
  }

  static Stream<KlingVideoV1StandardImageToVideoRequest> requests() {
    return Stream.of(Samples.minimal(), Samples.page(), Samples.full());
  }

  static Stream<JsonElement> requestExamples() {
    return CONTRACT.requests();
  }

  static Stream<Canaries.Canary> canaries() throws IOException {
    List<Canaries.Canary> all = new ArrayList<>();
    for (Canaries each : CONTRACT.canaries().toList()) all.addAll(each.spoiled(accepted(each)));
    return all.stream();
  }

  /** Prism must refuse a canary for its wrong type alone. */
  private static JsonElement accepted(Canaries canaries) throws IOException {
    String reason = "";
    for (JsonElement body : canaries.bodies()) {
      try (Response response = post(body)) {
        if (response.code() == 200) return body;
        reason = response.body().string();
      }
    }
    throw new AssertionError("no body of " + canaries.title() + " is accepted: " + reason);
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void everyStatusIsRead(Contract.Example example) {
    try (VideoClient client = preferring(example)) {
      VideoGeneration generation =
          example.method().equals("post")
              ? client.create(Samples.minimal())
              : client.get(Server.ID);

      assertThat(generation.status()).isEqualTo(example.name());
      assertThat(generation.isCompleted()).isEqualTo(example.name().equals("completed"));
      assertThat(generation.isFailed()).isEqualTo(example.name().equals("error"));
    }
  }

  @ParameterizedTest
  @MethodSource("requestExamples")
  void everyRequestExampleIsSentUnchanged(JsonElement example) {
    VideoRequest request = UntypedVideoRequest.of(example.getAsJsonObject()).toTyped();

    assertThat(request).isInstanceOf(KlingVideoV1StandardImageToVideoRequest.class);
    assertThat(bodyOf(sent(request))).isEqualTo(example);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void everyErrorIsRead(Contract.Example example) {
    try (VideoClient client = preferring(example)) {
      var thrown = catchThrowableOfType(ApiException.class, () -> client.get(Server.ID));
      ErrorResponse error = new Gson().fromJson(thrown.body().orElseThrow(), ErrorResponse.class);

      assertThat(thrown.status()).isEqualTo(example.status());
      assertThat(error.getMessage()).isNotNull();
      assertThat(thrown.requestId()).isEqualTo(Optional.ofNullable(error.getRequestId()));
    }
  }

  @ParameterizedTest
  @MethodSource("errors")
  void onlySomeServerErrorsLeaveTheOutcomeOfACreateUnknown(Contract.Example example) {
    try (VideoClient client = preferring(example)) {
      var thrown =
          catchThrowableOfType(VideoException.class, () -> client.create(Samples.minimal()));

      boolean unknown = example.status() >= 500 && example.status() != 503;
      assertThat(thrown)
          .isInstanceOf(unknown ? CreateOutcomeUnknownException.class : ApiException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void requestsFollowTheContract(KlingVideoV1StandardImageToVideoRequest request) {
    assertThat(sent(request).header("sl-violations")).isNull();
  }

  @ParameterizedTest
  @MethodSource("canaries")
  void wrongTypeIsRefused(Canaries.Canary canary) throws IOException {
    try (Response response = post(canary.body())) {
      String body = response.body().string();
      assertThat(response.code()).as("%s: %s", canary, body).isEqualTo(400);
      assertThat(response.header("sl-violations")).contains("\"location\":[\"request\",\"body\"");
    }
  }

  private static VideoClient preferring(Contract.Example example) {
    String prefer = "code=" + example.status() + ", example=" + example.name();
    return client(
        chain -> chain.proceed(chain.request().newBuilder().header("Prefer", prefer).build()));
  }

  /** The response to a create; its request is what the client sent. */
  private static Response sent(VideoRequest request) {
    var seen = new AtomicReference<Response>();
    Interceptor recorder =
        chain -> {
          seen.set(chain.proceed(chain.request()));
          return seen.get();
        };
    try (VideoClient client = client(recorder)) {
      assertThat(client.create(request).id()).isNotEmpty();
    }
    return seen.get();
  }

  private static JsonElement bodyOf(Response response) {
    Buffer buffer = new Buffer();
    try {
      response.request().body().writeTo(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return JsonParser.parseString(buffer.readUtf8());
  }

  private static VideoClient client(Interceptor interceptor) {
    return VideoClient.builder()
        .apiKey("key")
        .baseUrl(prism)
        .httpClient(HTTP.newBuilder().addInterceptor(interceptor).build())
        .retryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(1))
        .recoveryTimeout(Duration.ZERO)
        .build();
  }

  private static Response post(JsonElement body) throws IOException {
    return HTTP.newCall(
            new Request.Builder()
                .url(prism + "/v2/video/generations")
                .header("Authorization", "Bearer key")
                .post(RequestBody.create(body.toString(), MediaType.get("application/json")))
                .build())
        .execute();
  }
}
