package io.github.aimlvideo;

import io.github.aimlvideo.internal.core.ClientExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Time that passes only in delays, and at once: a delay of an hour ends when it begins. */
public final class FakeScheduler implements Scheduler, AutoCloseable {
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(ClientExecutors.daemons("fake-scheduler"));
  private final List<Duration> delays = new ArrayList<>();
  private Duration now = Duration.ZERO;

  @Override
  public synchronized long nanoTime() {
    return now.toNanos();
  }

  @Override
  public synchronized Cancellable schedule(Runnable task, Duration delay) {
    delays.add(delay);
    now = now.plus(delay);
    AtomicBoolean cancelled = new AtomicBoolean();
    executor.execute(
        () -> {
          if (!cancelled.get()) task.run();
        });
    return () -> cancelled.set(true);
  }

  /** Time in which nothing happens, as in a process that is frozen. */
  public synchronized void freeze(Duration time) {
    now = now.plus(time);
  }

  /** Responses arrive before time passes, so no limit is ever reached. */
  @Override
  public Cancellable timeout(Runnable task, Duration limit) {
    return () -> {};
  }

  @Override
  public void close() {
    executor.shutdown();
  }

  public synchronized List<Duration> delays() {
    return List.copyOf(delays);
  }
}
