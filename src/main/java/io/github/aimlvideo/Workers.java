package io.github.aimlvideo;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads whose number follows what the tasks wait for. A few are enough for tasks that keep
 * the processor busy; only while tasks wait in the queue and those under way wait for the wire, or
 * for each other, one more thread comes with each check, up to the limit. What is idle goes.
 */
final class Workers extends ThreadPoolExecutor {
  private static final int CHECK_MILLIS = 50;

  /** A thread that ends fewer tasks than this between two checks waits more than it works. */
  private static final int TASKS_OF_A_BUSY_THREAD = 5;

  private static final int IDLE_SECONDS = 10;

  private final int fewest;
  private final int most;
  private final ScheduledExecutorService clock;
  private boolean checking;
  private long endedBefore;

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
    super.execute(task);
    if (!getQueue().isEmpty()) check();
  }

  private synchronized void check() {
    if (checking) return;
    checking = true;
    endedBefore = getCompletedTaskCount();
    checkLater();
  }

  private synchronized void checked() {
    checking = !getQueue().isEmpty() && !isShutdown();
    if (!checking) return;
    long ended = getCompletedTaskCount() - endedBefore;
    endedBefore += ended;
    int size = getCorePoolSize();
    boolean waits = ended < (long) TASKS_OF_A_BUSY_THREAD * size;
    setCorePoolSize(Math.max(fewest, Math.min(most, waits ? size + 1 : size - 1)));
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
