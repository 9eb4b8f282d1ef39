package io.github.aimlvideo.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.aimlvideo.batch.fixture.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes on one batch, whose creates are often lost: they are killed, frozen until the
 * others take them for dead, and woken; the database is restarted; their clocks are five minutes
 * apart. Each row gets its video, and nothing is bought twice.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no signals")
class PostgresChaosIT {
  private static final boolean THOROUGH = Boolean.getBoolean("thorough");
  private static final int ROWS = THOROUGH ? 300 : 30;
  private static final int ACTIONS = THOROUGH ? 60 : 5;
  private static final int MAX_IN_FLIGHT = THOROUGH ? 12 : 4;
  private static final int WORKERS = 3;
  private static final String BATCH = "chaos";

  /** Longer than six heartbeats, shorter than a lost create is searched for. */
  private static final Duration FROZEN = Duration.ofSeconds(3);

  private static final List<String> CLOCKS = List.of("PT0S", "PT5M", "PT-5M");

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final FakeApi api = new FakeApi();
  private final Process[] workers = new Process[WORKERS];
  private PostgresServer server;
  @TempDir private Path folder;

  @AfterEach
  void end() {
    for (Process worker : workers) if (worker != null) worker.destroyForcibly();
    if (server != null) server.close();
    api.close();
  }

  @Test
  void eachRowGetsOneVideo() throws Exception {
    server = PostgresServer.start(folder.resolve("data"), 0);
    api.polls = 6;
    api.lost = prompt -> lose();
    add();
    for (int i = 0; i < WORKERS; i++) start(i);

    for (int action = 0; action < ACTIONS; action++) {
      disturb(action);
      workers[0].waitFor(500 + random.nextInt(1500), TimeUnit.MILLISECONDS);
    }
    for (int i = 0; i < WORKERS; i++) finish(i);

    try (HikariDataSource database = PostgresServer.pool(server.url(), 4)) {
      assertBought(database);
    }
  }

  private boolean lose() {
    synchronized (random) {
      return random.nextInt(10) < 3;
    }
  }

  private void add() {
    try (HikariDataSource database = PostgresServer.pool(server.url(), 4);
        VideoBatch batch = batch(database)) {
      batch.addAll(BatchFixture.requests(ROWS));
    }
  }

  private VideoBatch batch(HikariDataSource database) {
    return VideoBatch.on(database)
        .name(BATCH)
        .folder(folder)
        .client(BatchFixture.client(api.url()))
        .build();
  }

  /** Each disturbance comes at least once. */
  private void disturb(int action) throws Exception {
    int worker = random.nextInt(WORKERS);
    switch (action < 3 ? action : random.nextInt(7) / 3) {
      case 0 -> kill(worker);
      case 1 -> freeze(worker);
      default -> restartDatabase();
    }
  }

  private void kill(int worker) throws Exception {
    workers[worker].destroyForcibly().waitFor();
    start(worker);
  }

  private void freeze(int worker) throws Exception {
    signal("-STOP", worker);
    workers[worker].waitFor(FROZEN.toMillis(), TimeUnit.MILLISECONDS);
    signal("-CONT", worker);
  }

  private void signal(String signal, int worker) throws Exception {
    new ProcessBuilder("kill", signal, "" + workers[worker].pid()).start().waitFor();
  }

  private void restartDatabase() {
    int port = server.port();
    server.close();
    server = PostgresServer.start(folder.resolve("data"), port);
  }

  /** A worker may have ended when all was done, or with an error while the database was away. */
  private void finish(int worker) throws Exception {
    assertThat(workers[worker].waitFor(5, TimeUnit.MINUTES)).as(this::output).isTrue();
    if (workers[worker].exitValue() == 0) return;
    start(worker);
    assertThat(workers[worker].waitFor(5, TimeUnit.MINUTES)).as(this::output).isTrue();
    assertThat(workers[worker].exitValue()).as(this::output).isZero();
  }

  private void start(int worker) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ChaosWorker.class.getName());
    command.addAll(List.of(server.url(), api.url(), "" + folder.resolve("host" + worker)));
    command.addAll(List.of(BATCH, "" + MAX_IN_FLIGHT, CLOCKS.get(worker)));
    File log = folder.resolve("log" + worker).toFile();
    workers[worker] =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
  }

  private void assertBought(HikariDataSource database) {
    try (VideoBatch batch = batch(database)) {
      assertThat(batch.rows())
          .as(this::output)
          .hasSize(ROWS)
          .allSatisfy(
              row -> {
                assertThat(row.state()).as(row.toString()).isEqualTo(RowState.SAVED);
                assertThat(Path.of(row.location().orElseThrow())).hasContent("video");
              });
      assertThat(batch.summary().boughtTwice()).isZero();
    }
    assertThat(api.accepted).as(this::output).hasSize(ROWS).doesNotHaveDuplicates();
    assertThat(api.maxInFlight.get()).as("in flight at once").isLessThanOrEqualTo(MAX_IN_FLIGHT);
    assertThat(api.maxLogRequestsPerMinute()).as("log requests").isLessThanOrEqualTo(200);
  }

  private String output() {
    StringBuilder text = new StringBuilder("seed " + seed + ", accepted " + api.accepted + "\n");
    for (int i = 0; i < WORKERS; i++) {
      try {
        text.append("worker " + i + ":\n").append(Files.readString(folder.resolve("log" + i)));
      } catch (IOException e) {
        text.append(e);
      }
    }
    return text.toString();
  }
}
