package io.github.aimlvideo.batch.internal;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time of the database, which all workers share: read now and then, and the monotonic clock of
 * this machine in between. Where the clocks of hosts stand does not matter. For a file it is the
 * clock of this machine when it was opened; one that is set later changes no duration.
 */
final class DatabaseClock implements Clock {
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final LongSupplier source;
  private final boolean once;
  private final LongSupplier nanoTime;
  private long readAtNanos;
  private long millis;

  private DatabaseClock(LongSupplier source, boolean once, LongSupplier nanoTime) {
    this.source = source;
    this.once = once;
    this.nanoTime = nanoTime;
    read();
  }

  static DatabaseClock of(Database database) {
    if (database.isFile())
      return new DatabaseClock(System::currentTimeMillis, true, System::nanoTime);
    String now = "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
    LongSupplier source = () -> database.transaction(session -> session.number(now));
    return new DatabaseClock(source, false, System::nanoTime);
  }

  private void read() {
    long before = nanoTime.getAsLong();
    millis = source.getAsLong();
    long after = nanoTime.getAsLong();
    readAtNanos = before + (after - before) / 2;
  }

  /** Milliseconds since 1970. */
  synchronized long millis() {
    long age = nanoTime.getAsLong() - readAtNanos;
    if (!once && age > INTERVAL.toNanos()) {
      try {
        read();
        age = nanoTime.getAsLong() - readAtNanos;
      } catch (RuntimeException e) {
        // the database is out of reach; the monotonic clock will do
      }
    }
    return millis + age / 1_000_000;
  }

  @Override
  public Instant now() {
    return Instant.ofEpochMilli(millis());
  }
}
