package io.github.aimlvideo;

import java.time.Duration;

/**
 * The time of a client: a clock, and tasks that run later. Tests that must not wait bring their
 * own; see {@link VideoClientBuilder#scheduler}. Safe for use by many threads.
 */
public interface Scheduler {
  /** Nanoseconds since some moment, as {@link System#nanoTime}. */
  long nanoTime();

  /** Runs a task that never blocks, after a pause in which its call does nothing else. */
  Cancellable schedule(Runnable task, Duration delay);

  /** Runs a task that never blocks after a limit, unless it is cancelled before. */
  Cancellable timeout(Runnable task, Duration limit);

  /** A task that has not run yet. */
  interface Cancellable {
    /** Does nothing if the task has run. */
    void cancel();
  }
}
