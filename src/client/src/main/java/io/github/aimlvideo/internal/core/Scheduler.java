package io.github.aimlvideo.internal.core;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The time, and tasks that run later; tests bring their own. */
public interface Scheduler {
  /** Nanoseconds since some moment, as {@link System#nanoTime}. */
  long nanoTime();

  /** Runs a task that never blocks, after a pause in which nothing else happens. */
  Cancellable schedule(Runnable task, Duration delay);

  /** Runs a task that never blocks after a limit, unless it is cancelled before. */
  Cancellable timeout(Runnable task, Duration limit);

  /** A task that has not run yet. */
  interface Cancellable {
    /** Does nothing if the task has run. */
    void cancel();
  }

  /** The system's time. */
  static Scheduler system(ScheduledExecutorService clock) {
    return new Scheduler() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public Cancellable schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> scheduled = clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
      }

      @Override
      public Cancellable timeout(Runnable task, Duration limit) {
        return schedule(task, limit);
      }
    };
  }
}
