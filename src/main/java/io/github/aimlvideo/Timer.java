package io.github.aimlvideo;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The time, and a way to be called later; tests bring their own. */
interface Timer extends AutoCloseable {
  /** Nanoseconds since some moment, as {@link System#nanoTime}. */
  long nanoTime();

  /** Runs a short task after the delay. */
  Pause schedule(Runnable task, Duration delay);

  @Override
  void close();

  /** A task that waits for its time. */
  interface Pause {
    void cancel();
  }

  /** Real time, and one daemon thread for every task there is. */
  static Timer real() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, new DaemonThreads("aiml-video-timer"));
    executor.setRemoveOnCancelPolicy(true);
    return new Timer() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public Pause schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> scheduled =
            executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
      }

      @Override
      public void close() {
        executor.shutdownNow();
      }
    };
  }
}
