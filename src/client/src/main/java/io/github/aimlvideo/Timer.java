package io.github.aimlvideo;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The time, and a way to be called later; tests bring their own. */
interface Timer extends AutoCloseable {
  /** Nanoseconds since some moment, as {@link System#nanoTime}. */
  long nanoTime();

  /** Runs a task that blocks nowhere, after a pause in which nothing else is to happen. */
  Pause schedule(Runnable task, Duration delay);

  /** Runs a task unless it is cancelled before, because what it waits for has come. */
  Pause timeout(Runnable task, Duration limit);

  @Override
  void close();

  /** A task that waits for its time. */
  interface Pause {
    void cancel();
  }

  /** Real time, kept by {@code clock}; what may block runs on {@code steps}. */
  static Timer real(ScheduledExecutorService clock, Executor steps) {
    return new Timer() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public Pause schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> scheduled = clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
      }

      @Override
      public Pause timeout(Runnable task, Duration limit) {
        return schedule(() -> steps.execute(task), limit);
      }

      @Override
      public void close() {
        clock.shutdownNow();
      }
    };
  }
}
