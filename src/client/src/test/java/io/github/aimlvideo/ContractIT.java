package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonElement;
import io.github.aimlvideo.internal.json.Json;
import io.github.aimlvideo.model.ErrorResponse;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client and the contract against each other, with Prism as the judge. */
class ContractIT {
  private static final OkHttpClient HTTP = new OkHttpClient();
  private static final Contract CONTRACT = Contract.checkedIn();
  private static String prism;

  @BeforeAll
  static void start() {
    prism = Mock.prismUrl();
  }

  @AfterAll
  static void end() {
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

  static Stream<Canaries.Canary> canaries() throws IOException {
    List<Canaries.Canary> all = new ArrayList<>();
    for (Canaries each : CONTRACT.canaries().toList()) all.addAll(each.spoiled(accepted(each)));
    return all.stream();
  }

  /** Without it a canary could be refused for another reason than its wrong type. */
  private static JsonElement accepted(Canaries canaries) throws IOException {
    String why = "";
    for (JsonElement body : canaries.bodies()) {
      try (Response response = post(body)) {
        if (response.code() == 200) return body;
        why = response.body().string();
      }
    }
    throw new AssertionError("no body of " + canaries.title() + " is accepted: " + why);
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void everyStatusIsUnderstood(Contract.Example example) {
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

  static Stream<JsonElement> requestExamples() {
    return CONTRACT.requests();
  }

  @ParameterizedTest
  @MethodSource("requestExamples")
  void everyRequestIsUnderstood(JsonElement example) {
    var request = Json.REQUESTS.fromJson(example, KlingVideoV1StandardImageToVideoRequest.class);

    assertThat(Json.REQUESTS.toJsonTree(request)).isEqualTo(example);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void everyErrorIsUnderstood(Contract.Example example) {
    try (VideoClient client = preferring(example)) {
      var thrown = catchThrowableOfType(ApiException.class, () -> client.get(Server.ID));
      ErrorResponse error =
          Json.RESPONSES.fromJson(thrown.body().orElseThrow(), ErrorResponse.class);

      assertThat(thrown.status()).isEqualTo(example.status());
      assertThat(error.getMessage()).isNotNull();
      assertThat(thrown.requestId()).isEqualTo(Optional.ofNullable(error.getRequestId()));
    }
  }

  @ParameterizedTest
  @MethodSource("errors")
  void everyErrorOfACreateIsAKnownOutcome(Contract.Example example) {
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
  void whatTheFacadeSendsKeepsTheContract(KlingVideoV1StandardImageToVideoRequest request) {
    var seen = new AtomicReference<Response>();
    OkHttpClient watching =
        HTTP.newBuilder()
            .addInterceptor(
                chain -> {
                  seen.set(chain.proceed(chain.request()));
                  return seen.get();
                })
            .build();

    try (VideoClient client = client().httpClient(watching).build()) {
      assertThat(client.create(request).id()).isNotEmpty();
    }

    assertThat(seen.get().header("sl-violations")).isNull();
  }

  @ParameterizedTest
  @MethodSource("canaries")
  void wrongTypeIsRefused(Canaries.Canary canary) throws IOException {
    try (Response response = post(canary.body())) {
      String answer = response.body().string();
      assertThat(response.code()).as("%s: %s", canary, answer).isEqualTo(400);
      assertThat(response.header("sl-violations")).contains("\"location\":[\"request\",\"body\"");
    }
  }

  private static VideoClient preferring(Contract.Example example) {
    String prefer = "code=" + example.status() + ", example=" + example.name();
    return client()
        .httpClient(
            HTTP.newBuilder()
                .addInterceptor(
                    chain ->
                        chain.proceed(
                            chain.request().newBuilder().header("Prefer", prefer).build()))
                .build())
        .build();
  }

  private static VideoClientBuilder client() {
    return VideoClient.builder()
        .apiKey("key")
        .baseUrl(prism)
        .scheduler(new FakeScheduler())
        .recoveryTimeout(Duration.ZERO);
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
