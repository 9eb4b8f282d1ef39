package io.github.aimlvideo.batch.internal.steps;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.internal.database.DatabaseClock;
import io.github.aimlvideo.batch.internal.store.BatchStore;
import io.github.aimlvideo.batch.internal.store.CreateLimits;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Lets one worker at a time search the vendor's logs, which allow 200 requests a minute. A search
 * may need many pages, and the client spaces their requests, so one worker keeps within the limit
 * by itself; it also serves all of its searches with one pass. Safe for use by several threads.
 */
final class LogAccess {
  /** After this time, a worker that has the logs is taken for dead. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final long MAX_WAIT = 1_000;

  private final BatchStore store;
  private final String batch;
  private final DatabaseClock clock;
  private final Duration lease;
  private int searches;
  private long leasedUntil;

  LogAccess(WorkerContext context) {
    store = context.store;
    batch = context.config.name();
    clock = context.clock;
    // shorter only in tests, with their short times
    Duration times = context.config.timing().responseTime();
    lease = times.compareTo(LEASE) < 0 ? times : LEASE;
  }

  /** Empty if a search may start now, which {@link #end} must follow; or when to ask again. */
  synchronized OptionalLong begin() {
    long now = clock.millis();
    long until = now + lease.toMillis();
    long free =
        store
            .database()
            .transaction(
                session ->
                    CreateLimits.lock(session, batch).leaseLogs(session, now, leasedUntil, until));
    if (free != until) return OptionalLong.of(Math.min(free, now + MAX_WAIT) + jitter());
    leasedUntil = until;
    searches++;
    return OptionalLong.empty();
  }

  /** A search has ended. */
  synchronized void end() {
    if (--searches > 0) return;
    long now = clock.millis();
    try {
      store
          .database()
          .execute(
              session -> CreateLimits.lock(session, batch).returnLogs(session, now, leasedUntil));
    } catch (BatchException e) {
      // the lease ends by itself
    }
  }

  private static long jitter() {
    return ThreadLocalRandom.current().nextLong(100);
  }
}
