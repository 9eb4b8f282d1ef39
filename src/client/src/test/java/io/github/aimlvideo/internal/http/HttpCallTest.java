package io.github.aimlvideo.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpCallTest {
  private final Server server = new Server();

  /** Tasks that wait for a thread. */
  private final List<Runnable> waiting = new ArrayList<>();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void callThatWaitsTooLongForAThreadIsNeverSent() {
    HttpCall<VideoGenerationResponse> call = create(Duration.ofNanos(1));
    var response = call.send();

    waiting.forEach(Runnable::run);

    assertThatThrownBy(response::get)
        .hasCauseInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("timeout: no thread within");
    assertThat(call.sent()).isFalse();
    assertThat(server.web.getRequestCount()).isZero();
  }

  @Test
  void abandonedCallIsNeverSent() {
    HttpCall<VideoGenerationResponse> call = create(Duration.ofMinutes(1));
    var response = call.send();

    assertThat(call.abandonUnsent()).isTrue();
    waiting.forEach(Runnable::run);

    assertThat(response).isCompletedExceptionally();
    assertThat(call.sent()).isFalse();
    assertThat(call.mayBeProcessed(new IOException())).isFalse();
    assertThat(server.web.getRequestCount()).isZero();
  }

  @Test
  void cancelledCallEndsAtOnceAndIsNeverSent() {
    HttpCall<VideoGenerationResponse> call = create(Duration.ofMinutes(1));
    var response = call.send();

    call.cancelUnsent();

    assertThatThrownBy(response::get).hasMessageContaining("cancelled");
    waiting.forEach(Runnable::run);
    assertThat(server.web.getRequestCount()).isZero();
  }

  @Test
  void callWithoutAThreadFailsUnsent() {
    Executor full =
        task -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    HttpCall<VideoGenerationResponse> call = create(Duration.ofMinutes(1), full);

    assertThatThrownBy(call.send()::get)
        .hasMessageContaining("there is no thread for it: out of memory");
    assertThat(call.sent()).isFalse();
  }

  @Test
  void sentCallCannotBeAbandoned() {
    server.status("queued");
    HttpCall<VideoGenerationResponse> call = create(Duration.ofMinutes(1));
    var response = call.send();

    waiting.forEach(Runnable::run);

    assertThat(call.abandonUnsent()).isFalse();
    assertThat(call.sent()).isTrue();
    assertThat(response.join().body().getId()).isEqualTo(Server.ID);
    assertThat(response.join().text()).contains(Server.ID);
  }

  private HttpCall<VideoGenerationResponse> create(Duration limit) {
    return create(limit, waiting::add);
  }

  private HttpCall<VideoGenerationResponse> create(Duration limit, Executor threads) {
    ApiHttp api = new ApiHttp(Server.config(server.url()), new OkHttpClient(), new Dispatcher());
    var call = api.generations().create(Samples.minimal(), "mine");
    return new HttpCall<>(call, threads, limit);
  }
}
