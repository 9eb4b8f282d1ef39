package io.github.aimlvideo;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * Daemon threads whose number follows what the tasks wait for. A few are enough for tasks that keep
 * the processor busy, more would only get in each other's way. While tasks wait in the queue and
 * even the fastest that ended since the last check took longer than work alone takes, they wait for
 * the wire, and more threads come; if none ended, they may wait for each other, and one more comes.
 * What is idle goes.
 */
final class Workers extends ThreadPoolExecutor {
  private static final int CHECK_MILLIS = 100;
  private static final long WORK_ALONE_NANOS = 3_000_000;
  private static final int IDLE_SECONDS = 10;

  private final int fewest;
  private final int most;
  private final ScheduledExecutorService clock;
  private final LongAccumulator fastest = new LongAccumulator(Math::min, Long.MAX_VALUE);
  private boolean checking;

  /** No thread starts before there is a task; {@code clock} tells when to check. */
  Workers(String name, int fewest, int most, ScheduledExecutorService clock) {
    super(
        Math.min(fewest, most),
        most,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        Threads.daemons(name));
    allowCoreThreadTimeOut(true);
    this.fewest = Math.min(fewest, most);
    this.most = most;
    this.clock = clock;
  }

  @Override
  public void execute(Runnable task) {
    super.execute(() -> runTimed(task));
    if (!getQueue().isEmpty()) check();
  }

  private void runTimed(Runnable task) {
    long begin = System.nanoTime();
    try {
      task.run();
    } finally {
      fastest.accumulate(System.nanoTime() - begin);
    }
  }

  private synchronized void check() {
    if (checking) return;
    checking = true;
    fastest.reset();
    checkLater();
  }

  private synchronized void checked() {
    checking = !getQueue().isEmpty() && !isShutdown();
    if (!checking) return;
    long time = fastest.getThenReset();
    int size = getCorePoolSize();
    int change = time == Long.MAX_VALUE ? 1 : time > WORK_ALONE_NANOS ? 1 + size / 2 : -1;
    setCorePoolSize(Math.max(fewest, Math.min(most, size + change)));
    checkLater();
  }

  private void checkLater() {
    try {
      clock.schedule(this::checked, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      checking = false; // the end has come
    }
  }
}
