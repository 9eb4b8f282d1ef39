package io.github.aimlvideo.batch.internal.database;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time of the database, which all workers share: read now and then, and the monotonic clock of
 * this machine in between. Where the clocks of hosts stand does not matter. For a file it is the
 * clock of this machine when it was opened; one that is set later changes no duration.
 */
public final class DatabaseClock implements Clock {
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration MAX_READ = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final LongSupplier source;
  private final boolean once;
  private final LongSupplier nanoTime;
  private long readAtNanos;
  private long nextReadNanos;
  private long millis;

  DatabaseClock(LongSupplier source, boolean once, LongSupplier nanoTime) {
    this.source = source;
    this.once = once;
    this.nanoTime = nanoTime;
    read();
    nextReadNanos = readAtNanos + INTERVAL.toNanos();
  }

  public static DatabaseClock of(Database database) {
    if (database.isFile())
      return new DatabaseClock(System::currentTimeMillis, true, System::nanoTime);
    String now = "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
    LongSupplier source = () -> database.transaction(session -> session.number(now));
    return new DatabaseClock(source, false, System::nanoTime);
  }

  private void read() {
    for (int attempt = 1; ; attempt++) {
      long before = nanoTime.getAsLong();
      long read = source.getAsLong();
      long after = nanoTime.getAsLong();
      boolean precise = after - before < MAX_READ.toNanos(); // the process may have been frozen
      if (!precise && attempt < 3) continue;
      millis = read;
      readAtNanos = before + (after - before) / 2;
      return;
    }
  }

  /** Milliseconds since 1970. */
  public synchronized long millis() {
    if (!once && nanoTime.getAsLong() - nextReadNanos > 0) {
      try {
        read();
        nextReadNanos = nanoTime.getAsLong() + INTERVAL.toNanos();
      } catch (RuntimeException e) { // out of reach; the monotonic clock will do for now
        nextReadNanos = nanoTime.getAsLong() + RETRY.toNanos();
      }
    }
    return millis + (nanoTime.getAsLong() - readAtNanos) / 1_000_000;
  }

  @Override
  public Instant now() {
    return Instant.ofEpochMilli(millis());
  }
}
