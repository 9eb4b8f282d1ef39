package io.github.aimlvideo.batch;

import static io.github.aimlvideo.batch.BatchFixture.await;
import static io.github.aimlvideo.batch.BatchFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.batch.fixture.ObservedDataSource;
import io.github.aimlvideo.batch.fixture.Where;
import io.github.aimlvideo.batch.internal.store.Timing;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Creates whose response is lost or late, in a folder and in PostgreSQL. */
class LostCreateTest {
  @TempDir private Path folder;
  private final CountDownLatch response = new CountDownLatch(1);
  private final List<String> boughtTwice = new CopyOnWriteArrayList<>();
  private final BatchListener listener =
      new BatchListener() {
        @Override
        public void onBoughtTwice(BatchRow row, String other) {
          boughtTwice.add(row.name());
        }
      };
  private BatchFixture fixture;

  @AfterEach
  void close() {
    response.countDown();
    fixture.close();
  }

  private VideoBatchBuilder builder(Where where) {
    fixture = new BatchFixture(where, folder);
    return fixture.builder().listener(listener).recoveryTimeout(Duration.ZERO);
  }

  private static RowState state(VideoBatch batch) {
    return batch.row("fox").orElseThrow().state();
  }

  /** The first create gets its response after all that happens meanwhile. */
  private void holdFirstCreate() {
    AtomicInteger creates = new AtomicInteger();
    fixture.api.before = prompt -> creates.getAndIncrement() == 0 ? held() : null;
  }

  private MockResponse held() {
    awaitLatch(response);
    return null;
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource
  void lostCreateIsFoundInTheLogs(Where where) throws InterruptedException {
    try (VideoBatch batch = builder(where).recoveryTimeout(Duration.ofMinutes(6)).build()) {
      batch.add("fox", request("lost"));

      assertThat(batch.run().isComplete()).isTrue();
      assertThat(batch.row("fox").orElseThrow().attempts()).isEqualTo(1);
    }
    assertThat(fixture.api.accepted).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void createThatTheLogsDoNotHaveIsUnknown(Where where) throws InterruptedException {
    try (VideoBatch batch = builder(where).recoveryTimeout(Duration.ofSeconds(1)).build()) {
      batch.add("fox", request("vanished"));

      assertThat(batch.run().rows()).isEqualTo(Map.of(RowState.UNKNOWN, 1L));
      assertThat(batch.summary().unknownCosts()).isEqualTo(1);
    }
    assertThat(fixture.api.accepted).hasSize(1);
    assertThat(fixture.api.logRequests).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @EnumSource
  void unknownCreateIsFoundByTheNextStart(Where where) throws InterruptedException {
    builder(where);
    fixture.api.logs = "{\"data\":[],\"pagination\":{\"has_more\":false}}";
    VideoBatchBuilder builder = fixture.builder().recoveryTimeout(Duration.ZERO);
    try (VideoBatch batch = builder.build()) {
      batch.add("fox", request("lost"));
      assertThat(batch.run().count(RowState.UNKNOWN)).isEqualTo(1);
    }
    fixture.api.logs = null;

    try (VideoBatch batch = builder.build()) {
      assertThat(batch.run().isComplete()).isTrue();
    }
    assertThat(fixture.api.accepted).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void unknownCreateIsSentAgainOnDemand(Where where) throws InterruptedException {
    VideoBatchBuilder builder = builder(where).resubmitUnknown(true);
    AtomicInteger creates = new AtomicInteger();
    fixture.api.lost = prompt -> creates.getAndIncrement() == 0;
    fixture.api.logs = "{\"data\":[],\"pagination\":{\"has_more\":false}}";
    try (VideoBatch batch = builder.build()) {
      batch.add("fox", request("a fox"));

      assertThat(batch.run().isComplete()).isTrue();
      assertThat(batch.row("fox").orElseThrow().attempts()).isEqualTo(2);
    }
    assertThat(fixture.api.accepted).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void oneUnknownRowIsSentAgainOnDemand(Where where) throws InterruptedException {
    VideoBatchBuilder builder = builder(where);
    AtomicInteger creates = new AtomicInteger();
    fixture.api.lost = prompt -> creates.getAndIncrement() < 2;
    fixture.api.logs = "{\"data\":[],\"pagination\":{\"has_more\":false}}";
    try (VideoBatch batch = builder.build()) {
      batch.add("fox", request("a fox"));
      batch.add("owl", request("an owl"));
      batch.run();

      assertThat(batch.resubmit("fox")).isTrue();
      assertThat(batch.resubmit("fox")).isFalse();
      assertThat(batch.run().rows()).isEqualTo(Map.of(RowState.SAVED, 1L, RowState.UNKNOWN, 1L));
    }
    assertThat(fixture.api.accepted).containsExactlyInAnyOrder("a fox", "an owl", "a fox");
  }

  @ParameterizedTest
  @EnumSource
  void lateResponseIsTakenOver(Where where) throws InterruptedException {
    try (VideoBatch batch = builder(where).build()) {
      holdFirstCreate();
      batch.add("fox", request("a fox"));
      batch.start();
      await("it is taken for lost", () -> state(batch) == RowState.UNKNOWN);

      response.countDown();
      await("it has its video", () -> state(batch) == RowState.SAVED);
      assertThat(batch.summary().unknownCosts()).isZero();
    }
    assertThat(fixture.api.accepted).hasSize(1);
    assertThat(boughtTwice).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void secondVideoIsReported(Where where) throws InterruptedException {
    try (VideoBatch batch = builder(where).resubmitUnknown(true).build()) {
      holdFirstCreate();
      batch.add("fox", request("a fox"));
      batch.start();
      await("the second create has its video", () -> state(batch) == RowState.SAVED);
      String saved = batch.row("fox").orElseThrow().generationId().orElseThrow();

      response.countDown();
      await("it is reported", () -> !boughtTwice.isEmpty());
      assertThat(batch.summary().boughtTwice()).isEqualTo(1);
      assertThat(batch.row("fox").orElseThrow().generationId()).contains(saved);
    }
    assertThat(fixture.api.accepted).hasSize(2);
    assertThat(boughtTwice).containsExactly("fox");
  }

  /** The step cannot hear of it, and its task cannot be moved while it runs. */
  @Test
  void responseThatComesDuringAStepIsNotLeftAlone() throws Exception {
    fixture = new BatchFixture(Where.POSTGRES, folder);
    CountDownLatch stepEnds = new CountDownLatch(1);
    CountDownLatch recorded = new CountDownLatch(1);
    DataSource source =
        ObservedDataSource.of(fixture.database(), () -> holdingEndOfStep(stepEnds, recorded));
    Timing timing =
        new Timing(
            BatchFixture.TIMING.heartbeat(),
            Duration.ofMinutes(5),
            BatchFixture.TIMING.searchInterval(),
            BatchFixture.TIMING.retryDelay(),
            Duration.ofMinutes(1),
            Duration.ofSeconds(20));
    try (VideoBatch batch = fixture.on(source).timing(timing).build()) {
      holdFirstCreate();
      batch.add("fox", request("a fox"));
      batch.start();
      await("it is sent", () -> fixture.api.creates.get() == 1);
      runTaskNow();
      assertThat(stepEnds.await(30, TimeUnit.SECONDS)).isTrue();

      response.countDown();
      await("its id is recorded", () -> state(batch) == RowState.RUNNING);
      recorded.countDown();

      await("it has its video", () -> state(batch) == RowState.SAVED);
    }
    assertThat(fixture.api.accepted).hasSize(1);
    assertThat(fixture.api.logRequests).isEmpty();
  }

  private static ObservedDataSource.Observer holdingEndOfStep(
      CountDownLatch stepEnds, CountDownLatch recorded) {
    return new ObservedDataSource.Observer() {
      @Override
      public void onStatement(String sql) {
        boolean step = Thread.currentThread().getName().startsWith("aiml-video-batch-step");
        if (!step || !sql.toLowerCase(Locale.ROOT).startsWith("update video_tasks")) return;
        stepEnds.countDown();
        awaitLatch(recorded);
      }
    };
  }

  /** Not after the time in which a response is expected. */
  private void runTaskNow() throws SQLException {
    String sql =
        "update video_tasks set execution_time = now() where task_name = 'video:"
            + fixture.name
            + "'";
    try (Connection connection = fixture.database().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }
}
