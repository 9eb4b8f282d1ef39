package io.github.aimlvideo.cli.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time of a run: the system's clock at its start, and from there on the monotonic clock. A
 * system clock that is set later changes no duration.
 */
class BatchClock implements InstantSource {
  private final Instant startedAt;
  private final LongSupplier nanoTime;
  private final long startedAtNanos;

  BatchClock(InstantSource system, LongSupplier nanoTime) {
    startedAt = system.instant();
    this.nanoTime = nanoTime;
    startedAtNanos = nanoTime.getAsLong();
  }

  static BatchClock system() {
    return new BatchClock(InstantSource.system(), System::nanoTime);
  }

  @Override
  public Instant instant() {
    return startedAt.plusNanos(nanoTime.getAsLong() - startedAtNanos);
  }

  /** Runs a task after a delay. */
  void schedule(Runnable task, Duration delay) {
    CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
        .execute(task);
  }
}
