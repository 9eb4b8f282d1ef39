package io.github.aimlvideo.batch.internal.steps;

import static io.github.aimlvideo.batch.BatchFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.batch.BatchFixture;
import io.github.aimlvideo.batch.BatchListener;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.FakeApi;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.batch.fixture.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Creates that the server rejects: this one, all, or all for now. */
class RejectionTest {
  @TempDir private Path folder;
  private BatchFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  private VideoBatch batch(Where where) {
    fixture = new BatchFixture(where, folder);
    return fixture.builder().build();
  }

  @ParameterizedTest
  @EnumSource
  void rejectedRowFailsAndTheOthersGoOn(Where where) throws InterruptedException {
    try (VideoBatch batch = batch(where)) {
      batch.add("bad", request("rejected"));
      batch.addAll(BatchFixture.requests(2));

      assertThat(batch.run().rows()).isEqualTo(Map.of(RowState.FAILED, 1L, RowState.SAVED, 2L));
      assertThat(batch.row("bad").orElseThrow().reason().orElseThrow())
          .contains("duration is wrong");
    }
  }

  @ParameterizedTest
  @EnumSource
  void reasonMayBeAnyText(Where where) throws InterruptedException {
    try (VideoBatch batch = batch(where)) {
      fixture.api.before = prompt -> FakeApi.problem(400, "a \0 b " + "\ud83e\udd8a".repeat(400));
      batch.add("fox", request("a fox"));

      assertThat(batch.run().rows()).isEqualTo(Map.of(RowState.FAILED, 1L));
      assertThat(batch.row("fox").orElseThrow().reason().orElseThrow()).contains("b \ud83e\udd8a");
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingCreditsStopAllCreates(Where where) throws InterruptedException {
    try (VideoBatch batch = batch(where)) {
      fixture.api.before = prompt -> FakeApi.problem(402, "no credits");
      batch.addAll(BatchFixture.requests(3));
      BatchSummary summary = batch.run();

      assertThat(summary.rows()).isEqualTo(Map.of(RowState.NEW, 3L));
      assertThat(summary.stopped().orElseThrow().reason())
          .isEqualTo(BatchStop.Reason.CREATES_REFUSED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void rejectionPausesAllWorkers(int status) throws InterruptedException {
    CountDownLatch paused = new CountDownLatch(1);
    List<Long> times = new CopyOnWriteArrayList<>();
    BatchListener listener =
        new BatchListener() {
          @Override
          public void onPaused(Duration pause, String reason) {
            paused.countDown();
          }
        };
    fixture = new BatchFixture(Where.POSTGRES, folder);
    try (VideoBatch first = fixture.builder().listener(listener).build();
        VideoBatch second = fixture.builder().listener(listener).build()) {
      fixture.api.before =
          prompt -> {
            times.add(System.nanoTime());
            return times.size() == 1 ? rejection(status) : null;
          };
      first.add("fox", request("a fox"));
      first.start();
      second.start();
      assertThat(paused.await(10, TimeUnit.SECONDS)).isTrue();
      first.addAll(BatchFixture.requests(5));

      assertThat(first.run().rows()).isEqualTo(Map.of(RowState.SAVED, 6L));
    }
    assertThat(Duration.ofNanos(times.get(1) - times.get(0)))
        .isGreaterThan(Duration.ofMillis(4900));
    assertThat(times).hasSize(7);
  }

  private static MockResponse rejection(int status) {
    return FakeApi.problem(status, "later").newBuilder().setHeader("Retry-After", "1").build();
  }
}
