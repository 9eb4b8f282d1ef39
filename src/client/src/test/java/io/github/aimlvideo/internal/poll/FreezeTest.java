package io.github.aimlvideo.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.Scheduler;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that is frozen beyond the timeout, such as a laptop asleep, in fake time. */
@Timeout(60)
class FreezeTest {
  private static final Duration SLEEP = Duration.ofHours(8);

  private final Server server = new Server();
  private final Queue<MockResponse> responses = new ArrayDeque<>();
  private final AtomicInteger polls = new AtomicInteger();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void failedPollIsRepeatedAfterTheThaw() {
    respond(status("queued"), frozen(failed()), status("completed"));

    assertThat(generate().isCompleted()).isTrue();
  }

  @Test
  void pollWithoutAnEndIsRepeatedAfterTheThaw() {
    respond(status("queued"), frozen(status("generating")), status("completed"));

    assertThat(generate().isCompleted()).isTrue();
  }

  @Test
  void createIsFollowedByAPollAfterTheThaw() {
    respond(frozen(status("queued")), status("completed"));

    assertThat(generate().isCompleted()).isTrue();
  }

  @Test
  void pauseIsFollowedByAPollAfterTheThaw() {
    respond(status("queued"), status("completed"));

    try (VideoClient client = server.client().scheduler(freezingIn(1)).build()) {
      assertThat(client.generate(Samples.minimal()).isCompleted()).isTrue();
    }
  }

  @Test
  void networkMayComeBackAfterTheThaw() {
    respond(status("queued"), frozen(failed()), failed(), failed(), status("completed"));

    assertThat(generate().isCompleted()).isTrue();
  }

  @Test
  void processMayFreezeAgain() {
    respond(status("queued"), frozen(failed()), frozen(failed()), failed(), status("completed"));

    assertThat(generate().isCompleted()).isTrue();
  }

  @Test
  void onePollThatSeesNoEndIsEnough() {
    respond(status("queued"), frozen(failed()), status("generating"));

    assertThatThrownBy(this::generate)
        .isInstanceOf(GenerationTimeoutException.class)
        .hasNoCause()
        .hasMessageContaining("is still running after 1000 s (status generating)");
    assertThat(polls).hasValue(2);
  }

  @Test
  void networkThatStaysAwayEndsTheWaitSoon() {
    MockResponse[] failed = new MockResponse[100];
    Arrays.fill(failed, failed());
    respond(status("queued"), frozen(failed()));
    responses.addAll(List.of(failed));

    assertThatThrownBy(this::generate)
        .isInstanceOf(GenerationTimeoutException.class)
        .hasCauseInstanceOf(ApiException.class);
    assertThat(polls.get()).isBetween(3, 40);
  }

  private void respond(MockResponse... given) {
    responses.addAll(List.of(given));
    server.web.setDispatcher(
        new Dispatcher() {
          @Override
          public synchronized MockResponse dispatch(RecordedRequest request) {
            if (request.getMethod().equals("GET")) polls.incrementAndGet();
            MockResponse next = responses.remove();
            if (next.getHeaders().get("X-Frozen") != null) server.scheduler.freeze(SLEEP);
            return next;
          }
        });
  }

  private VideoGeneration generate() {
    try (VideoClient client = server.client().build()) {
      return client.generate(Samples.minimal());
    }
  }

  private static MockResponse status(String status) {
    String video = ",\"video\":{\"url\":\"https://a/b\"}";
    return new MockResponse.Builder()
        .body("{\"id\":\"abc\",\"status\":\"" + status + "\"" + video + "}")
        .build();
  }

  private static MockResponse failed() {
    return new MockResponse.Builder().code(502).build();
  }

  /** A response that arrives after the process was frozen. */
  private static MockResponse frozen(MockResponse response) {
    return response.newBuilder().addHeader("X-Frozen", "yes").build();
  }

  /** Freezes the process in the pause with this number. */
  private Scheduler freezingIn(int pause) {
    AtomicInteger pauses = new AtomicInteger();
    return new Scheduler() {
      @Override
      public long nanoTime() {
        return server.scheduler.nanoTime();
      }

      @Override
      public Cancellable schedule(Runnable task, Duration delay) {
        if (pauses.incrementAndGet() == pause) server.scheduler.freeze(SLEEP);
        return server.scheduler.schedule(task, delay);
      }

      @Override
      public Cancellable timeout(Runnable task, Duration limit) {
        return server.scheduler.timeout(task, limit);
      }
    };
  }
}
