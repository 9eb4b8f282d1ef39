package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Collections;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the create to the end, in fake time. */
class PollTest {
  private static final String FILM = "https://cdn.example.com/film.mp4";

  private final Server server = new Server();
  private final VideoClient client = server.client().build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void exampleOfThePageComesToItsFinalAnswer() {
    server.status("queued").status("queued").status("generating");
    server.answer(Samples.fixture("page-completed.json"));

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
  void looksEveryInterval() {
    server.status("queued").status("generating").status("generating").completed(FILM);

    client.generate(Samples.minimal());

    assertThat(server.scheduler.pauses()).isEqualTo(Collections.nCopies(3, Duration.ofSeconds(15)));
    assertThat(server.web.getRequestCount()).isEqualTo(4);
  }

  @Test
  void awaitLooksAtOnce() {
    server.completed(FILM);

    assertThat(client.await(Server.ID).videoUrl()).contains(FILM);
    assertThat(server.scheduler.pauses()).isEmpty();
  }

  @Test
  void createThatIsAlreadyCompletedNeedsNoLook() {
    server.completed(FILM);

    assertThat(client.generate(Samples.minimal()).videoUrl()).contains(FILM);
    assertThat(server.web.getRequestCount()).isEqualTo(1);
  }

  @Test
  void givesUpAtDeadlineAfterOneLastLook() {
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
    assertThat(server.scheduler.pauses()).hasSize(67).last().isEqualTo(Duration.ofSeconds(10));
    assertThat(server.web.getRequestCount()).isEqualTo(68);
  }

  @Test
  void failedGenerationSaysWhy() {
    server.status("queued");
    server.answer(
        "{\"id\":\"x\",\"status\":\"error\",\"video\":null,\"error\":{\"name\":\"Bad\",\"message\":\"No"
            + " face\"}}");

    var failure =
        catchThrowableOfType(
            GenerationFailedException.class, () -> client.generate(Samples.minimal()));

    assertThat(failure)
        .hasMessage("generation " + Server.ID + " failed with status error: Bad: No face");
    assertThat(failure.generationId()).contains(Server.ID);
    assertThat(failure.generation().orElseThrow().failureReason()).contains("Bad: No face");
    assertThat(failure.clientRequestId())
        .contains(server.request().getHeaders().get("X-Client-Request-Id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"waiting", "dreaming", "unknown", "", "Generating"})
  void unknownStatusIsNotTheEnd(String status) {
    server.status("queued").status(status).completed(FILM);

    assertThat(client.generate(Samples.minimal()).videoUrl()).contains(FILM);
  }

  @Test
  void completedWithoutLinkIsLookedAtAgain() {
    server.status("completed").completed(FILM);

    assertThat(client.await(Server.ID).videoUrl()).contains(FILM);
  }

  @Test
  void badLooksAreRepeated() {
    server.status("queued").answer(404, "{\"message\":\"Inference not found\"}");
    server.answer(429, "{}").answer(500, "").answer(503, "busy").answer(408, "").answer(302, "");
    server.answer(524, "<html>a timeout occurred</html>").answer(200, "<html>").answer(200, "[]");
    server.answer(
        new MockResponse.Builder().onResponseStart(SocketEffect.ShutdownConnection.INSTANCE));
    server.completed(FILM);

    VideoGeneration generation =
        server
            .client()
            .pollPolicy(PollPolicy.DEFAULT.withInterval(Duration.ofSeconds(5)))
            .build()
            .generate(Samples.minimal());

    assertThat(generation.videoUrl()).contains(FILM);
  }

  @Test
  void lastBadLookIsTheCauseOfTheTimeout() {
    server.status("queued");
    for (int i = 0; i < 68; i++) server.answer(502, "bad gateway");

    assertThatThrownBy(() -> client.generate(Samples.minimal()))
        .isInstanceOf(GenerationTimeoutException.class)
        .hasMessageContaining("the last poll failed: GET /v2/video/generations returned 502")
        .hasCauseInstanceOf(ApiException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void refusalEndsItAtOnceWithTheId(int status) {
    server.status("queued").answer(status, Samples.fixture("error-403.json"));

    var refusal =
        catchThrowableOfType(ApiException.class, () -> client.generate(Samples.minimal()));

    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.generationId()).contains(Server.ID);
    assertThat(refusal.requestId()).contains("0b0c5f7e");
    assertThat(refusal).hasMessageContaining("You have run out of credits.");
    assertThat(server.web.getRequestCount()).isEqualTo(2);
  }

  @Test
  void lateNotFoundEndsIt() {
    server.answer(404, "{\"message\":\"Inference not found\"}");

    assertThatThrownBy(() -> client.await(Server.ID))
        .isInstanceOf(ApiException.class)
        .hasMessage(
            "GET /v2/video/generations returned 404: Inference not found (generation "
                + Server.ID
                + ")");
  }

  @Test
  void creditsAndClientRequestIdOfTheCreateStay() {
    server.answer(
        "{\"id\":\"x\",\"status\":\"queued\",\"meta\":{\"usage\":{\"credits_used\":560000}}}");
    server.completed(FILM);

    VideoGeneration generation = client.generate(Samples.minimal());

    assertThat(generation.creditsUsed().orElseThrow()).isEqualByComparingTo("560000");
    assertThat(generation.clientRequestId())
        .contains(server.request().getHeaders().get("X-Client-Request-Id"));
  }
}
