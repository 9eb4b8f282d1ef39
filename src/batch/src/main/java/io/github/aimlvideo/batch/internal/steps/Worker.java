package io.github.aimlvideo.batch.internal.steps;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.internal.store.BatchConfig;
import io.github.aimlvideo.batch.internal.store.BatchStore;
import io.github.aimlvideo.batch.internal.store.Quotes;
import io.github.aimlvideo.batch.internal.store.Row;
import io.github.aimlvideo.batch.internal.store.TaskQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Works on a batch: one thread sends creates, and a few threads of the engine do the steps of rows
 * when they are due. All threads are daemons.
 */
public final class Worker implements AutoCloseable {
  private static final int THREADS = 8;

  private static final Duration MAX_POLLING = Duration.ofSeconds(1);
  private static final Duration MIN_POLLING = Duration.ofMillis(50);

  private final WorkerContext context;
  private final Creator creator;
  private final RowSteps steps;
  private final Scheduler scheduler;
  private final Object end = new Object();
  private boolean started;
  private boolean closed;

  /** Does nothing until {@link #start}. */
  public Worker(
      BatchConfig config, BatchStore store, Function<GenerationListener, VideoClient> client) {
    context = new WorkerContext(config, store);
    context.setClient(client.apply(new ClientEvents()));
    creator = new Creator(context);
    steps = new RowSteps(context, creator);
    context.setOnEnd(this::ended);
    scheduler = scheduler();
  }

  private Scheduler scheduler() {
    Task<Void> task =
        Tasks.custom(context.tasks.taskName(), Void.class)
            .onFailure(
                (complete, operations) ->
                    operations.reschedule(complete, Instant.ofEpochMilli(context.retryAt())))
            .onDeadExecution(
                (complete, operations) -> operations.reschedule(complete, context.clock.now()))
            .execute((instance, execution) -> next(step(TaskQueue.key(instance))));
    SchedulerBuilder builder = Scheduler.create(context.store.database().dataSource(), task);
    if (!context.store.database().isFile()) builder.pollUsingLockAndFetch(0.5, 1); // skip locked
    return builder
        .tableName(TaskQueue.TABLE)
        .commitWhenAutocommitDisabled(true) // as the data source of a caller may have it
        .schedulerName(new SchedulerName.Fixed(context.workerId))
        .clock(context.clock)
        .threads(THREADS)
        .executorService(Executors.newFixedThreadPool(THREADS, daemons("step")))
        .dueExecutor(Executors.newSingleThreadExecutor(daemons("due")))
        .housekeeperExecutor(Executors.newScheduledThreadPool(3, daemons("heartbeat")))
        .pollingInterval(pollingInterval())
        .heartbeatInterval(context.config.timing().heartbeat())
        .shutdownMaxWait(context.config.shutdownTimeout())
        .deleteUnresolvedAfter(Duration.ofDays(36_500)) // tasks of other batches
        .failureLogging(LogLevel.DEBUG, false)
        .build();
  }

  private OptionalLong step(String key) {
    try {
      return steps.execute(key);
    } catch (BatchException e) {
      context.databaseFails(e);
      throw e;
    }
  }

  private CompletionHandler<Void> next(OptionalLong at) {
    return (complete, operations) -> {
      if (at.isPresent()) operations.reschedule(complete, Instant.ofEpochMilli(at.getAsLong()));
      else if (!end(complete.getExecution())) operations.reschedule(complete, context.clock.now());
    };
  }

  /** Removes the task of a row; false if the row has been changed and needs it again. */
  private boolean end(Execution task) {
    BatchStore store = context.store;
    return store
        .database()
        .transaction(
            session -> {
              Optional<Row> row = store.rows().lock(session, TaskQueue.key(task.taskInstance));
              if (row.filter(found -> found.isInProgress() && !found.suspended).isPresent())
                return false;
              context.tasks.remove(session, task);
              context.searching.remove(TaskQueue.key(task.taskInstance));
              return true;
            });
  }

  /** How often the engine asks for due tasks: more often than polls are due. */
  private Duration pollingInterval() {
    Duration interval = context.config.pollPolicy().interval().orElse(MAX_POLLING).dividedBy(2);
    if (interval.compareTo(MIN_POLLING) < 0) return MIN_POLLING;
    return interval.compareTo(MAX_POLLING) > 0 ? MAX_POLLING : interval;
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "aiml-video-batch-" + name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** What rows cost by the catalogue that was read last. */
  public Quotes quotes() {
    return context.quotes;
  }

  /** What rows cost by the catalogue, which is read first if it is old. */
  public Quotes presentQuotes() {
    context.quotes.refresh();
    return context.quotes;
  }

  /** Resumes all rows where they were, and sends creates. */
  public synchronized void start() {
    if (closed) throw new IllegalStateException("the batch is closed");
    if (started) return;
    started = true;
    new RowResumption(context).resumeAll();
    scheduler.start();
    daemons("creates").newThread(creator::run).start();
  }

  /** Resumes the rows that nothing is done for, and sends creates again after a stop. */
  public synchronized void resume() {
    if (!started || closed) throw new IllegalStateException("the batch does not run");
    if (context.failure().isPresent()) throw context.failure().get();
    new RowResumption(context).resumeIdle();
    context.endStop();
    creator.wake();
  }

  private void ended() {
    creator.wake();
    synchronized (end) {
      end.notifyAll();
    }
  }

  /** Waits until nothing is left to do, or nothing more can be done for now. */
  public void awaitEnd() throws InterruptedException {
    long readAt = System.nanoTime();
    while (true) {
      try {
        if (context.failure().isPresent()) throw context.failure().get();
        if (isDone()) return;
        readAt = System.nanoTime();
      } catch (BatchException e) { // a server may be restarted; the other threads continue too
        if (e.reason() != BatchException.Reason.FAILED) throw e;
        Duration failing = Duration.ofNanos(System.nanoTime() - readAt);
        if (failing.compareTo(context.config.rejectionTimeout()) > 0) throw e;
      }
      synchronized (end) {
        end.wait(TimeUnit.SECONDS.toMillis(1) / 4);
      }
    }
  }

  private boolean isDone() {
    if (creator.inProgress() > 0) return false;
    return context
        .store
        .database()
        .transaction(
            session ->
                context.tasks.isEmpty(session, context.config.name(), context.stopped().isEmpty()));
  }

  /** Why this worker sends no more creates. */
  public Optional<BatchStop> stopped() {
    return context.stopped();
  }

  /** Why this worker can do nothing more. */
  public Optional<BatchException> failure() {
    return context.failure();
  }

  /** Whether the logs are searched for the create of a row, or are about to be. */
  public boolean isSearching(String name) {
    return context.searching.contains(Row.key(name));
  }

  /** Ends the work; steps that are under way may finish within the shutdown timeout. */
  @Override
  public synchronized void close() {
    if (closed) return;
    closed = true;
    if (started) {
      long end = System.nanoTime() + context.config.shutdownTimeout().toNanos();
      creator.stop();
      scheduler.stop(); // waits for steps under way
      creator.awaitResponses(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    }
    context.close();
  }

  /** What the client retries by itself pauses the creates of all workers too. */
  private final class ClientEvents implements GenerationListener {
    @Override
    public void onCreateRetry(String clientRequestId, ApiException cause) {
      context.heard(cause);
      context.pauseCreates(context.reason(cause));
    }

    @Override
    public void onWarning(String warning) {
      context.warn(warning);
    }
  }
}
