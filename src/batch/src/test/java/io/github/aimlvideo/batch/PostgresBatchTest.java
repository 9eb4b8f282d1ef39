package io.github.aimlvideo.batch;

import static io.github.aimlvideo.batch.BatchFixture.await;
import static io.github.aimlvideo.batch.BatchFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.fixture.PostgresServer;
import io.github.aimlvideo.batch.fixture.Where;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several workers and batches in one PostgreSQL, and settings of its data source. */
class PostgresBatchTest {
  @TempDir private Path folder;
  private BatchFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  private VideoBatchBuilder builder() {
    if (fixture == null) fixture = new BatchFixture(Where.POSTGRES, folder);
    return fixture.builder();
  }

  private VideoBatchBuilder worker(String host) {
    return builder().folder(folder.resolve(host));
  }

  /** Runs two workers on so many rows until all is done; returns what is in the batch then. */
  private BatchSummary runTwo(int rows, Consumer<VideoBatchBuilder> options)
      throws InterruptedException {
    VideoBatchBuilder a = worker("a");
    VideoBatchBuilder b = worker("b");
    options.accept(a);
    options.accept(b);
    try (VideoBatch first = a.build();
        VideoBatch second = b.build()) {
      first.addAll(BatchFixture.requests(rows));
      second.start();
      first.run();
      return second.run();
    }
  }

  @Test
  void workersShareTheRows() throws InterruptedException {
    Map<String, String> workers = new ConcurrentHashMap<>();
    BatchListener listener =
        new BatchListener() {
          @Override
          public void onRow(BatchRow row) {
            workers.put(row.worker().orElseThrow(), row.name());
            assertThat(Path.of(row.location().orElseThrow())).hasContent("video");
          }
        };

    BatchSummary summary = runTwo(30, builder -> builder.listener(listener).maxInFlight(8));

    assertThat(summary.rows()).isEqualTo(Map.of(RowState.SAVED, 30L));
    assertThat(fixture.api.accepted).hasSize(30).doesNotHaveDuplicates();
    assertThat(workers).hasSize(2);
  }

  @Test
  void generationsInFlightAreLimitedOverAllWorkers() throws InterruptedException {
    BatchSummary summary = runTwo(20, builder -> builder.maxInFlight(3));

    assertThat(summary.isComplete()).isTrue();
    assertThat(fixture.api.maxInFlight).hasValue(3);
  }

  @Test
  void creditsAreLimitedOverAllWorkers() throws InterruptedException {
    BatchSummary summary =
        runTwo(20, builder -> builder.maxCredits(new BigDecimal(550)).acceptUnknownPrices(true));

    assertThat(summary.stopped().orElseThrow().reason()).isEqualTo(BatchStop.Reason.CREDITS);
    assertThat(summary.rows()).isEqualTo(Map.of(RowState.SAVED, 5L, RowState.NEW, 15L));
    assertThat(fixture.api.accepted).hasSize(5);
  }

  @Test
  void laterWorkerIsNotBoundByTheLimitOfAnEarlierOne() throws InterruptedException {
    try (VideoBatch batch = builder().maxInFlight(1).build()) {
      batch.add("first", request("first"));
      batch.run();
    }
    fixture.api.polls = Integer.MAX_VALUE;
    try (VideoBatch batch = builder().maxInFlight(6).build()) {
      batch.addAll(BatchFixture.requests(6));
      batch.start();
      await("all run at once", () -> fixture.api.maxInFlight.get() == 6);
    }
  }

  @Test
  void createWithoutAResponseIsFoundByAnotherWorker() throws InterruptedException {
    CountDownLatch found = new CountDownLatch(1);
    VideoBatchBuilder builder = worker("a").shutdownTimeout(Duration.ZERO).maxInFlight(1);
    fixture.api.lost = prompt -> isOpenUntil(found);
    try (VideoBatch first = builder.build();
        VideoBatch second = worker("b").build()) {
      first.add("fox", request("a fox"));
      first.start();
      await("it is created", () -> !fixture.api.accepted.isEmpty());

      assertThat(second.run().isComplete()).isTrue();
      assertThat(found.getCount()).isEqualTo(1);
      found.countDown();
    }
    assertThat(fixture.api.accepted).hasSize(1);
  }

  /** The server holds a response. */
  private static boolean isOpenUntil(CountDownLatch end) {
    try {
      return !end.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Test
  void batchesOfOneDatabaseAreApart() throws InterruptedException {
    try (VideoBatch one = worker("a").name(fixture.name + "-1").build();
        VideoBatch two = worker("b").name(fixture.name + "-2").build()) {
      one.add("fox", request("a fox"));
      two.add("fox", request("an owl"));

      assertThat(one.run().rows()).isEqualTo(Map.of(RowState.SAVED, 1L));
      assertThat(two.summary().rows()).isEqualTo(Map.of(RowState.NEW, 1L));
      assertThat(two.run().rows()).isEqualTo(Map.of(RowState.SAVED, 1L));
    }
    assertThat(fixture.api.accepted).containsExactly("a fox", "an owl");
  }

  @Test
  void anotherServerIsRefused() {
    try (VideoBatch batch = builder().server("https://one.example").build()) {
      batch.add("fox", request("a fox"));
    }

    assertThatExceptionOfType(BatchException.class)
        .isThrownBy(() -> builder().server("https://two.example").build())
        .withMessageContaining("belongs to the server https://one.example")
        .extracting(BatchException::reason)
        .isEqualTo(BatchException.Reason.OTHER_SERVER);
  }

  @Test
  void stepsUnderWayFinishBeforeItCloses() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch respond = new CountDownLatch(1);
    try (VideoBatch batch = builder().build()) {
      fixture.api.polls = 1_000;
      fixture.api.before = prompt -> respondAfter(sent, respond);
      batch.add("fox", request("a fox"));
      batch.start();
      sent.await();
      Thread closing = new Thread(batch::close);
      closing.start();
      respond.countDown();
      closing.join();

      assertThat(batch.row("fox").orElseThrow().state()).isEqualTo(RowState.RUNNING);
    }
  }

  private static MockResponse respondAfter(CountDownLatch sent, CountDownLatch respond) {
    sent.countDown();
    try {
      respond.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private void runOn(Consumer<HikariConfig> settings) throws InterruptedException {
    fixture = new BatchFixture(Where.POSTGRES, folder);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(PostgresServer.sharedUrl());
    settings.accept(config);
    try (HikariDataSource database = new HikariDataSource(config);
        VideoBatch batch = fixture.on(database).build()) {
      batch.addAll(BatchFixture.requests(10));

      assertThat(batch.run().rows()).isEqualTo(Map.of(RowState.SAVED, 10L));
    }
  }

  @Test
  void autocommitMayBeOff() throws InterruptedException {
    runOn(config -> config.setAutoCommit(false));
  }

  @Test
  void twoConnectionsSuffice() throws InterruptedException {
    runOn(config -> config.setMaximumPoolSize(2));
  }

  @Test
  void transactionsMayBeSerializable() throws InterruptedException {
    runOn(config -> config.setTransactionIsolation("TRANSACTION_SERIALIZABLE"));
  }

  @Test
  void callersAddTheSameRowsAtOnce() throws InterruptedException {
    try (VideoBatch batch = builder().build()) {
      List<Thread> callers = new ArrayList<>();
      List<Throwable> failures = new CopyOnWriteArrayList<>();
      for (int i = 0; i < 4; i++) {
        Map<String, VideoRequest> requests = BatchFixture.requests(50);
        Thread caller = new Thread(() -> batch.addAll(requests));
        caller.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        callers.add(caller);
      }
      callers.forEach(Thread::start);
      for (Thread caller : callers) caller.join();

      assertThat(failures).isEmpty();
      assertThat(batch.rows()).hasSize(50);
    }
  }

  @Test
  void workerLeavesFilesOfOthersAlone() throws Exception {
    try (VideoBatch first = worker("a").build()) {
      first.add("fox", request("a fox"));
    }
    try (VideoBatch second = worker("b").build()) {
      Files.writeString(folder.resolve("b/fox.mp4"), "mine");

      assertThat(second.run().rows()).isEqualTo(Map.of(RowState.COMPLETED, 1L));
      assertThat(second.row("fox").orElseThrow().reason().orElseThrow())
          .contains("is not from this batch");
    }
    assertThat(folder.resolve("b/fox.mp4")).hasContent("mine");
  }

  @Test
  void anAcceptedCreateIsRecordedWhileAnotherWorkerHoldsTheLimits() throws Exception {
    CountDownLatch locked = new CountDownLatch(1);
    try (VideoBatch batch = builder().build();
        Connection other = fixture.database().getConnection()) {
      fixture.api.before =
          prompt -> { // after the claim
            lockLimits(other);
            locked.countDown();
            return null;
          };
      batch.add("fox", request("a fox"));

      batch.start();

      assertThat(locked.await(20, TimeUnit.SECONDS)).isTrue();
      await("it is saved", () -> batch.row("fox").orElseThrow().state() == RowState.SAVED);
      other.rollback();
    }
  }

  private void lockLimits(Connection connection) {
    String sql = "select batch from video_batches where batch = ? for update";
    try {
      connection.setAutoCommit(false);
      PreparedStatement statement = connection.prepareStatement(sql);
      statement.setString(1, fixture.name);
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
