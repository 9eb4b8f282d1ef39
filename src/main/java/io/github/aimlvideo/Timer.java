package io.github.aimlvideo;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The time, and a way to be called later; tests bring their own. */
interface Timer extends AutoCloseable {
  /** Nanoseconds since some moment, as {@link System#nanoTime}. */
  long nanoTime();

  /** Runs a short task after a pause, in which nothing else is to happen. */
  Pause schedule(Runnable task, Duration delay);

  /** Runs a short task unless it is cancelled before, because what it waits for has come. */
  Pause timeout(Runnable task, Duration limit);

  @Override
  void close();

  /** A task that waits for its time. */
  interface Pause {
    void cancel();
  }

  /** Real time, and one daemon thread that keeps it; the tasks run on {@code executor}. */
  static Timer real(Executor executor) {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(1, Threads.daemons("aiml-video-timer"));
    clock.setRemoveOnCancelPolicy(true);
    return new Timer() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public Pause schedule(Runnable task, Duration delay) {
        Runnable handOver = () -> executor.execute(task);
        ScheduledFuture<?> scheduled =
            clock.schedule(handOver, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
      }

      @Override
      public Pause timeout(Runnable task, Duration limit) {
        return schedule(task, limit);
      }

      @Override
      public void close() {
        clock.shutdownNow();
      }
    };
  }
}
