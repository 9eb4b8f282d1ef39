package io.github.aimlvideo.testing;

import io.github.aimlvideo.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Time that passes at once while all calls of the client pause, and stands still while one of them
 * works. So calls that run at the same time see the same times, however long the machine takes.
 */
final class FakeTime implements Scheduler, AutoCloseable {
  private static final Comparator<Task> BY_TIME =
      Comparator.comparingLong(Task::at).thenComparingLong(Task::number);

  /** A call that waits for another one, in a callback of the user, does not pause. */
  private static final long STUCK_SECONDS = 1;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(FakeTime::daemon);
  private final PriorityQueue<Task> pauses = new PriorityQueue<>(BY_TIME);
  private final PriorityQueue<Task> limits = new PriorityQueue<>(BY_TIME);
  private final List<CompletableFuture<?>> calls = new ArrayList<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private long now;
  private long changes;

  private record Task(long at, long number, Runnable work) {}

  static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "fake-video-api");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Cancellable schedule(Runnable task, Duration delay) {
    return add(pauses, task, delay);
  }

  @Override
  public synchronized Cancellable timeout(Runnable task, Duration limit) {
    return add(limits, task, limit);
  }

  private Cancellable add(PriorityQueue<Task> queue, Runnable work, Duration delay) {
    Task task = new Task(now + delay.toNanos(), changes, work);
    queue.add(task);
    changed();
    return () -> remove(queue, task);
  }

  private synchronized void remove(PriorityQueue<Task> queue, Task task) {
    if (queue.remove(task)) changed();
  }

  /** A call works or pauses until this future is done. */
  synchronized <T extends CompletableFuture<?>> T begin(T call) {
    calls.add(call);
    call.whenComplete((value, failure) -> ended());
    return call;
  }

  private synchronized void ended() {
    changed();
  }

  /**
   * Waits until so much time has passed.
   *
   * @throws IllegalStateException if the client is closed
   */
  void pause(Duration duration) {
    if (duration.isZero()) return;
    CompletableFuture<Void> passed = new CompletableFuture<>();
    schedule(() -> passed.complete(null), duration);
    CompletableFuture.anyOf(passed, closed).join();
    if (!passed.isDone()) throw new IllegalStateException("the client is closed");
  }

  private void changed() {
    changes++;
    if (!thread.isShutdown()) thread.execute(this::proceed);
  }

  private void proceed() {
    List<Task> due;
    synchronized (this) {
      calls.removeIf(CompletableFuture::isDone); // before the callbacks of the user have run
      if (pauses.isEmpty()) return;
      if (pauses.size() < calls.size()) {
        long seen = changes;
        thread.schedule(() -> proceedIfStuck(seen), STUCK_SECONDS, TimeUnit.SECONDS);
        return;
      }
      due = next();
    }
    due.forEach(task -> task.work().run());
  }

  private void proceedIfStuck(long seen) {
    List<Task> due;
    synchronized (this) {
      if (changes != seen || pauses.isEmpty()) return;
      due = next();
    }
    due.forEach(task -> task.work().run());
  }

  /** The end of the first pause, after the limits that are reached by then. */
  private List<Task> next() {
    Task first = pauses.remove();
    now = Math.max(now, first.at());
    List<Task> due = new ArrayList<>();
    while (!limits.isEmpty() && limits.peek().at() <= now) due.add(limits.remove());
    due.add(first);
    changed();
    return due;
  }

  @Override
  public void close() {
    closed.complete(null);
    thread.shutdownNow();
  }
}
