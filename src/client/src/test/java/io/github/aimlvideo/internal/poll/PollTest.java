package io.github.aimlvideo.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import java.time.Duration;
import java.util.Collections;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the create to the end, in fake time. */
class PollTest {
  private static final String VIDEO_URL = "https://cdn.example.com/video.mp4";

  private final Server server = new Server();
  private final VideoClient client = server.client().build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void exampleOfThePageCompletes() {
    server.status("queued").status("queued").status("generating");
    server.respond(Samples.fixture("page-completed.json"));

    VideoGeneration generation = client.generate(Samples.page());

    assertThat(generation.id()).isEqualTo("nJ8Xcj0YCh8jZL1noqiZH");
    assertThat(generation.isCompleted()).isTrue();
    assertThat(generation.videoUrl().orElseThrow())
        .startsWith("https://cdn.aimlapi.com/kangaroo/bs2/upload-ylab-stunt-sgp/muse/")
        .endsWith("&x-kcdn-pid=112781&ksSecret=e2572bf52259a55921fce5697719d027&ksTime=6996dc99");
    assertThat(server.requestJson().get("prompt").getAsString())
        .isEqualTo("Mona Lisa puts on glasses with her hands.");
  }

  @Test
  void pollsEveryInterval() {
    server.status("queued").status("generating").status("generating").completed(VIDEO_URL);

    client.generate(Samples.minimal());

    assertThat(server.scheduler.delays()).isEqualTo(Collections.nCopies(3, Duration.ofSeconds(15)));
    assertThat(server.web.getRequestCount()).isEqualTo(4);
  }

  @Test
  void awaitPollsAtOnce() {
    server.completed(VIDEO_URL);

    assertThat(client.await(Server.ID).videoUrl()).contains(VIDEO_URL);
    assertThat(server.scheduler.delays()).isEmpty();
  }

  @Test
  void createThatIsAlreadyCompletedNeedsNoPoll() {
    server.completed(VIDEO_URL);

    assertThat(client.generate(Samples.minimal()).videoUrl()).contains(VIDEO_URL);
    assertThat(server.web.getRequestCount()).isEqualTo(1);
  }

  @Test
  void timesOutAfterALastPollAtTheDeadline() {
    for (int i = 0; i < 68; i++) server.status("generating");

    var timeout =
        catchThrowableOfType(
            GenerationTimeoutException.class, () -> client.generate(Samples.minimal()));

    assertThat(timeout)
        .hasMessage(
            "generation nJ8Xcj0YCh8jZL1noqiZH is still running after 1000 s (status generating);"
                + " resume with client.await(\"nJ8Xcj0YCh8jZL1noqiZH\")");
    assertThat(timeout.generationId()).contains(Server.ID);
    assertThat(timeout.generation().orElseThrow().status()).isEqualTo("generating");
    assertThat(server.scheduler.delays()).hasSize(67).last().isEqualTo(Duration.ofSeconds(10));
    assertThat(server.web.getRequestCount()).isEqualTo(68);
  }

  @Test
  void failedGenerationNamesTheReason() {
    server.status("queued");
    server.respond(
        "{\"status\":\"error\",\"video\":null,\"error\":{\"name\":\"Bad\",\"message\":\"No"
            + " face\"}}");

    var failure =
        catchThrowableOfType(
            GenerationFailedException.class, () -> client.generate(Samples.minimal()));

    assertThat(failure).hasMessage("generation " + Server.ID + " failed: No face (Bad)");
    assertThat(failure.generationId()).contains(Server.ID);
    assertThat(failure.generation().orElseThrow().failureReason()).contains("Bad: No face");
    assertThat(failure.clientRequestId())
        .contains(server.request().getHeaders().get("X-Client-Request-Id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "nJ8Xcj0YCh8jZL1noqiZ", "NJ8XCJ0YCH8JZL1NOQIZH"})
  void responseForAnotherGenerationIsNoResult(String id) {
    server.status("queued");
    server.respond(
        "{\"id\":\"" + id + "\",\"status\":\"completed\",\"video\":{\"url\":\"https://a/other\"}}");
    server.completed(VIDEO_URL);

    assertThat(client.generate(Samples.minimal()).videoUrl()).contains(VIDEO_URL);
  }

  @Test
  void responseForAnotherGenerationIsNamedSo() {
    server.respond("{\"id\":\"other\",\"status\":\"queued\"}");

    assertThatThrownBy(() -> client.get(Server.ID))
        .hasMessageStartingWith(
            "GET /v2/video/generations returned 200 for another generation: {\"id\":\"other\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", Server.ID + ":kling-video/v1/standard/image-to-video"})
  void responseMayNameTheModelOrNoId(String id) {
    server.status("queued");
    server.respond(
        "{\"id\":\"" + id + "\",\"status\":\"completed\",\"video\":{\"url\":\"https://a/b\"}}");

    assertThat(client.generate(Samples.minimal()).id()).isEqualTo(Server.ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"waiting", "dreaming", "unknown", "", "Generating"})
  void unknownStatusIsNotTheEnd(String status) {
    server.status("queued").status(status).completed(VIDEO_URL);

    assertThat(client.generate(Samples.minimal()).videoUrl()).contains(VIDEO_URL);
  }

  @Test
  void completedWithoutLinkIsPolledAgain() {
    server.status("completed").completed(VIDEO_URL);

    assertThat(client.await(Server.ID).videoUrl()).contains(VIDEO_URL);
  }

  @ParameterizedTest
  @CsvSource({
    "/files/video.mp4?a=%2F, ORIGIN/files/video.mp4?a=%2F",
    "files/video.mp4, ORIGIN/files/video.mp4",
    "' ./video.mp4 ', ORIGIN/video.mp4",
    "video.mp4, ORIGIN/video.mp4",
    "//cdn.example.com/video.mp4, http://cdn.example.com/video.mp4",
    "https://cdn.example.com/a%2Fb|c, https://cdn.example.com/a%2Fb|c",
  })
  void relativeLinkBelongsToTheApi(String link, String url) {
    server.completed(link).completed(link);
    String origin = server.url().replaceAll("/$", "");

    assertThat(client.await(Server.ID).videoUrl()).contains(url.replace("ORIGIN", origin));
    assertThat(client.get(Server.ID).videoUrl()).contains(url.replace("ORIGIN", origin));
  }

  @Test
  void relativeLinkBelongsToTheApiBehindAGateway() {
    server.completed("files/video.mp4");
    String gateway = server.web.url("/aiml/").toString();

    try (VideoClient behind = server.client().baseUrl(gateway).useLegacyEndpoint(true).build()) {
      assertThat(behind.await(Server.ID).videoUrl()).contains(gateway + "files/video.mp4");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a/b", "data:video/mp4;base64,", "pending", "x y", "http://", ":/"})
  void linkThatCannotBeUsedEndsTheWaitWithinAMinute(String link) {
    String shown = link.equals("pending") ? link : link + "A".repeat(1000);
    server.status("generating");
    for (int i = 0; i < 5; i++) server.completed(shown);

    var failure = catchThrowableOfType(DownloadException.class, () -> client.await(Server.ID));

    assertThat(failure)
        .hasMessageStartingWith(
            "generation "
                + Server.ID
                + " is completed, but its link is not an http(s) URL: "
                + link)
        .message()
        .hasSizeLessThan(350);
    assertThat(failure.generation().orElseThrow().videoUrl()).contains(shown);
    assertThat(server.scheduler.delays()).isEqualTo(Collections.nCopies(5, Duration.ofSeconds(15)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'ID','status':'completed','video':{'url':'DATA'}}",
        "{'id':'ID','video':'DATA','status':'completed'}",
        "{'video':['DATA']}"
      })
  void videoWithinTheResponseEndsTheWaitWithinAMinute(String body) {
    String data = "data:video/mp4;base64," + "A".repeat(3 << 20);
    String json = body.replace("ID", Server.ID).replace("DATA", data).replace('\'', '"');
    for (int i = 0; i < 5; i++) server.respond(json);

    assertThatThrownBy(() -> client.await(Server.ID))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("its link is not an http(s) URL: data:video/mp4;base64,AAAA")
        .message()
        .hasSizeLessThan(350);
    assertThat(server.scheduler.delays()).hasSize(4);
  }

  @Test
  void rarePollsDoNotDelayTheEndForALinkThatCannotBeUsed() {
    server.completed("ftp://a").completed("ftp://a");
    PollPolicy rare = PollPolicy.DEFAULT.withInterval(Duration.ofMinutes(5));

    try (VideoClient patient = server.client().pollPolicy(rare).build()) {
      assertThatThrownBy(() -> patient.await(Server.ID)).isInstanceOf(DownloadException.class);
    }
    assertThat(server.scheduler.delays()).containsExactly(Duration.ofMinutes(1));
  }

  @Test
  void linkThatCannotBeUsedMayBeReplaced() {
    server.completed("pending").status("completed").completed("pending").completed(VIDEO_URL);

    assertThat(client.await(Server.ID).videoUrl()).contains(VIDEO_URL);
  }

  @Test
  void failedPollsAreRetried() {
    server.status("queued").respond(404, "{\"message\":\"Inference not found\"}");
    server
        .respond(429, "{}")
        .respond(500, "")
        .respond(503, "busy")
        .respond(408, "")
        .respond(302, "");
    server
        .respond(524, "<html>a timeout occurred</html>")
        .respond(200, "<html>")
        .respond(200, "[]");
    server.respond(
        new MockResponse.Builder().onResponseStart(SocketEffect.ShutdownConnection.INSTANCE));
    server.completed(VIDEO_URL);

    VideoGeneration generation =
        server
            .client()
            .pollPolicy(PollPolicy.DEFAULT.withInterval(Duration.ofSeconds(5)))
            .build()
            .generate(Samples.minimal());

    assertThat(generation.videoUrl()).contains(VIDEO_URL);
  }

  @Test
  void lastFailedPollIsTheCauseOfTheTimeout() {
    server.status("queued");
    for (int i = 0; i < 68; i++) server.respond(502, "bad gateway");

    assertThatThrownBy(() -> client.generate(Samples.minimal()))
        .isInstanceOf(GenerationTimeoutException.class)
        .hasMessageContaining("the last poll failed: GET /v2/video/generations returned 502")
        .hasCauseInstanceOf(ApiException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void refusedPollEndsTheWaitWithTheId(int status) {
    server.status("queued").respond(status, Samples.fixture("error-403.json"));

    var refusal =
        catchThrowableOfType(ApiException.class, () -> client.generate(Samples.minimal()));

    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.generationId()).contains(Server.ID);
    assertThat(refusal.requestId()).contains("0b0c5f7e");
    assertThat(refusal).hasMessageContaining("You have run out of credits.");
    assertThat(server.web.getRequestCount()).isEqualTo(2);
  }

  @Test
  void lateNotFoundEndsTheWait() {
    server.respond(404, "{\"message\":\"Inference not found\"}");

    assertThatThrownBy(() -> client.await(Server.ID))
        .isInstanceOf(ApiException.class)
        .hasMessage(
            "GET /v2/video/generations returned 404: Inference not found (generation "
                + Server.ID
                + ")");
  }

  @Test
  void creditsAndClientRequestIdOfTheCreateAreKept() {
    server.respond(
        "{\"id\":\""
            + Server.ID
            + "\",\"status\":\"queued\",\"meta\":{\"usage\":{\"credits_used\":560000}}}");
    server.completed(VIDEO_URL);

    VideoGeneration generation = client.generate(Samples.minimal());

    assertThat(generation.creditsUsed().orElseThrow()).isEqualByComparingTo("560000");
    assertThat(generation.clientRequestId())
        .contains(server.request().getHeaders().get("X-Client-Request-Id"));
  }
}
