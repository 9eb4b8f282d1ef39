package io.github.aimlvideo.internal.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A create is accepted, definitely rejected or of unknown outcome, and never sent twice. */
class CreateTest {
  private final Server server = new Server();
  private final VideoClient client = server.client().build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"200, id", "201, id", "200, generation_id", "202, generation_id"})
  void acceptedWithAnIdInTheBody(int status, String name) {
    server.respond(status, "{\"" + name + "\":\"-G3b\",\"status\":\"queued\"}");

    assertThat(client.create(Samples.minimal()).id()).isEqualTo("-G3b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"id\":\"\"}", "<html>"})
  void acceptedWithAnIdInTheHeader(String body) {
    server.respond(new MockResponse.Builder().addHeader("x-inference-id", "abc").body(body));

    assertThat(client.create(Samples.minimal()).id()).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 408, 409, 413, 422, 429, 503, 302})
  void refusalMeansNothingWasCreated(int status) {
    server.respond(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Retry-After", "0")
            .addHeader("Location", "https://elsewhere.example.com/")
            .body(Samples.fixture("error-403.json")));

    var refusal = catchThrowableOfType(ApiException.class, () -> client.create(Samples.minimal()));

    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.generationId()).isEmpty();
    assertThat(refusal.clientRequestId())
        .contains(server.request().getHeaders().get("X-Client-Request-Id"));
    assertThat(server.web.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 500, 502, 504, 524})
  void responseWithoutAnIdIsAnUnknownOutcome(int status) {
    server.respond(new MockResponse.Builder().code(status));

    var unknown =
        catchThrowableOfType(
            CreateOutcomeUnknownException.class, () -> client.create(Samples.minimal()));

    assertThat(unknown.clientRequestId())
        .contains(server.request().getHeaders().get("X-Client-Request-Id"));
    assertThat(unknown).hasMessageContaining("it may be charged and was not repeated");
    assertThat(server.web.getRequestCount()).isEqualTo(1);
  }

  @Test
  void connectionLostAfterSendingIsAnUnknownOutcome() {
    server.respond(
        new MockResponse.Builder().onResponseStart(SocketEffect.ShutdownConnection.INSTANCE));

    var unknown =
        catchThrowableOfType(
            CreateOutcomeUnknownException.class, () -> client.create(Samples.minimal()));

    assertThat(unknown.clientRequestId()).isPresent();
    assertThat(server.web.getRequestCount()).isEqualTo(1);
  }

  @Test
  void refusedConnectionMeansNothingWasSent() {
    server.web.close();

    var refusal = catchThrowableOfType(ApiException.class, () -> client.create(Samples.minimal()));

    assertThat(refusal.status()).isZero();
    assertThat(refusal)
        .hasMessageStartingWith("the create was not sent; it failed: Failed to connect to ");
  }

  @Test
  void staleConnectionDoesNotRetry() {
    server.respond(
        new MockResponse.Builder()
            .body("{\"id\":\"a\",\"status\":\"queued\"}")
            .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE));
    client.create(Samples.minimal());
    server.respond(
        new MockResponse.Builder().onRequestStart(SocketEffect.ShutdownConnection.INSTANCE));
    server.status("queued");

    var failure =
        catchThrowableOfType(VideoException.class, () -> client.create(Samples.minimal()));

    assertThat(failure).isNotNull();
    assertThat(server.web.getRequestCount()).isLessThanOrEqualTo(2);
  }

  @Test
  void createEndsAtTheTimeout() {
    server.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    PollPolicy quick = PollPolicy.DEFAULT.withTimeout(Duration.ofMillis(200));

    try (VideoClient impatient = server.clientInSystemTime().pollPolicy(quick).build()) {
      var unknown =
          catchThrowableOfType(
              CreateOutcomeUnknownException.class, () -> impatient.generate(Samples.minimal()));

      assertThat(unknown).hasMessageContaining("timeout");
    }
  }
}
