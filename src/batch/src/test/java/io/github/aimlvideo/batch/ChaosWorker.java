package io.github.aimlvideo.batch;

import com.zaxxer.hikari.HikariDataSource;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.fixture.PostgresServer;
import io.github.aimlvideo.batch.fixture.ShiftedClock;
import io.github.aimlvideo.batch.internal.store.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A process that works on a batch until nothing is left. */
public final class ChaosWorker {
  /**
   * A worker is dead after 1.2 s of silence. One that is frozen for less than {@link #RECOVERY} and
   * the response time together buys nothing twice.
   */
  static final Timing TIMING =
      new Timing(
          Duration.ofMillis(200),
          Duration.ofSeconds(4),
          Duration.ofMillis(500),
          Duration.ofMillis(200),
          Duration.ofMinutes(1),
          Duration.ofSeconds(20));

  static final Duration RECOVERY = Duration.ofSeconds(4);

  private ChaosWorker() {}

  /** Arguments: those of {@link #work}, and how wrong the clock of this host is. */
  public static void main(String[] args) throws ReflectiveOperationException {
    ClassLoader loader = new ShiftedClock.Loader();
    Thread.currentThread().setContextClassLoader(loader);
    loader
        .loadClass(ShiftedClock.class.getName())
        .getMethod("set", Duration.class)
        .invoke(null, Duration.parse(args[5]));
    loader
        .loadClass(ChaosWorker.class.getName())
        .getMethod("work", String[].class)
        .invoke(null, (Object) args);
  }

  /** Arguments: URL of the database, URL of the API, folder, batch, limit of generations. */
  public static void work(String[] args) throws InterruptedException {
    System.out.println("started at " + Instant.now());
    try (HikariDataSource database = PostgresServer.pool(args[0], 12);
        VideoClient client = BatchFixture.client(args[1]);
        VideoBatch batch =
            VideoBatch.on(database)
                .folder(Path.of(args[2]))
                .name(args[3])
                .maxInFlight(Integer.parseInt(args[4]))
                .client(client)
                .timing(TIMING)
                .recoveryTimeout(RECOVERY)
                .resubmitUnknown(true)
                .pollPolicy(BatchFixture.POLLS)
                .listener(new Log())
                .build()) {
      System.out.println("ended: " + batch.run());
    }
  }

  /** What a person wants to know if the test fails. */
  private static final class Log implements BatchListener {
    @Override
    public void onCreated(String name, String generationId) {
      System.out.println("created " + name + " " + generationId);
    }

    @Override
    public void onRow(BatchRow row) {
      System.out.println("row " + row);
    }

    @Override
    public void onSuspended(BatchRow row, Throwable cause) {
      System.out.println("suspended " + row + ": " + cause);
    }

    @Override
    public void onResubmitted(String name) {
      System.out.println("resubmitted " + name);
    }

    @Override
    public void onBoughtTwice(BatchRow row, String other) {
      System.out.println("bought twice " + row + ": " + other);
    }

    @Override
    public void onWarning(String message) {
      System.out.println("warning " + message);
    }
  }
}
