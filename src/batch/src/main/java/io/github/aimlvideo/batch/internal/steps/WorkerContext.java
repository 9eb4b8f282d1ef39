package io.github.aimlvideo.batch.internal.steps;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchListener;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.internal.database.DatabaseClock;
import io.github.aimlvideo.batch.internal.store.BatchConfig;
import io.github.aimlvideo.batch.internal.store.BatchStore;
import io.github.aimlvideo.batch.internal.store.CreateLimits;
import io.github.aimlvideo.batch.internal.store.Row;
import io.github.aimlvideo.batch.internal.store.TaskQueue;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shared by the parts of a worker. */
final class WorkerContext {
  private static final Logger LOG = LoggerFactory.getLogger("io.github.aimlvideo.batch");

  final BatchConfig config;
  final BatchStore store;
  final TaskQueue tasks;
  final DatabaseClock clock;
  final CatalogQuotes quotes;
  final String workerId = UUID.randomUUID().toString();

  /** The keys of the rows whose create is searched for, or is about to be. */
  final Set<String> searching = ConcurrentHashMap.newKeySet();

  private final DurationEstimate estimate;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable VideoClient client;
  private volatile @Nullable BatchStop stop;
  private volatile @Nullable BatchException failure;
  private volatile boolean reached;
  private Runnable onEnd = () -> {};

  WorkerContext(BatchConfig config, BatchStore store) {
    this.config = config;
    this.store = store;
    tasks = new TaskQueue(config.name());
    clock = DatabaseClock.of(store.database());
    quotes = new CatalogQuotes(this);
    estimate = new DurationEstimate(config.pollPolicy());
  }

  void setClient(VideoClient newClient) {
    client = newClient;
  }

  VideoClient client() {
    return Objects.requireNonNull(client, "client");
  }

  void setOnEnd(Runnable action) {
    onEnd = action;
  }

  /** Why this worker sends no more creates. */
  Optional<BatchStop> stopped() {
    return Optional.ofNullable(stop);
  }

  void event(Consumer<BatchListener> event) {
    try {
      event.accept(config.listener());
    } catch (RuntimeException e) {
      LOG.warn("the listener failed", e);
    }
  }

  void warn(String message) {
    event(listener -> listener.onWarning(message));
  }

  /** A database that is damaged or in use by others is not used again. */
  void databaseFails(BatchException e) {
    if (e.reason() == BatchException.Reason.FAILED) {
      warn(e.getMessage() + "; it is retried");
      return;
    }
    failure = e;
    onEnd.run();
  }

  /** Why this worker can do nothing more. */
  Optional<BatchException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Nothing is left to do for a row. */
  void ended(Row row) {
    searching.remove(row.key); // before a caller may react to its end
    event(listener -> listener.onRow(row.view()));
    onEnd.run();
  }

  /** Nothing can be done for a row until the next start. */
  void suspended(Row row, @Nullable Throwable cause) {
    searching.remove(row.key);
    event(listener -> listener.onSuspended(row.view(), cause));
    onEnd.run();
  }

  /** The result of a request; null if it succeeded. */
  void heard(@Nullable Throwable failure) {
    if (failure == null || failure instanceof ApiException e && e.status() != 0) reached = true;
  }

  /** Whether a request failed like all others of this worker, as none has reached the server. */
  boolean isUnreachable(@Nullable Throwable failure) {
    return !reached && failure instanceof ApiException e && e.status() == 0;
  }

  /** What a failure of the client says, in the words of the caller. */
  String reason(Throwable failure) {
    try {
      return config.listener().describe(failure);
    } catch (RuntimeException e) {
      LOG.warn("the listener failed", e);
      return String.valueOf(failure.getMessage());
    }
  }

  /** Sends no more creates. */
  synchronized void stop(BatchStop.Reason reason, String message, @Nullable Throwable cause) {
    if (stop != null) return;
    BatchStop newStop = new BatchStop(reason, message);
    stop = newStop;
    event(listener -> listener.onStopped(newStop, cause)); // in order with onResumed
  }

  /** Sends creates again. */
  synchronized void endStop() {
    if (stop == null) return;
    event(BatchListener::onResumed); // before the next create
    stop = null;
  }

  void stopRefused(Throwable cause) {
    int status = cause instanceof ApiException e ? e.status() : 0;
    boolean key = status == 401 || status == 403;
    stop(
        key ? BatchStop.Reason.KEY_REFUSED : BatchStop.Reason.CREATES_REFUSED,
        reason(cause),
        cause);
  }

  /** A create was rejected, and may be accepted later. */
  void rejectedForNow(Throwable cause) {
    if (isUnreachable(cause)) {
      stop(BatchStop.Reason.UNREACHABLE, reason(cause), cause);
      return;
    }
    pauseCreates(reason(cause));
    long now = clock.millis();
    long rejected =
        store
            .database()
            .transaction(
                session -> CreateLimits.lock(session, config.name()).rejected(session, now));
    if (rejected > config.rejectionTimeout().toMillis()) {
      String message =
          "all creates rejected for %d s: %s".formatted(rejected / 1000, reason(cause));
      stop(BatchStop.Reason.REJECTED_FOR_TOO_LONG, message, cause);
    }
  }

  /** Pauses the creates of all workers. */
  void pauseCreates(String reason) {
    long now = clock.millis();
    Optional<Duration> pause =
        store
            .database()
            .transaction(
                session ->
                    CreateLimits.lock(session, config.name())
                        .pause(session, config.maxInFlight(), now));
    pause.ifPresent(time -> event(listener -> listener.onPaused(time, reason)));
  }

  /** How many milliseconds after its create a row is left alone. */
  long responseTime() {
    return config.timing().responseTime().toMillis();
  }

  /** When a step that failed is repeated. */
  long retryAt() {
    return clock.millis() + config.timing().retryDelay().toMillis();
  }

  /** The delay before a generation of an age is polled next, in milliseconds. */
  long pollDelay(long age) {
    return estimate.policy().delayAfter(Duration.ofMillis(Math.max(0, age))).toMillis();
  }

  void completedAt(Duration age) {
    estimate.learn(age);
  }

  /** What must be recorded, whatever the database does. */
  interface Record {
    void write();
  }

  /**
   * Records the result of a create; while the database fails, again and again until the worker is
   * closed. The id was told before, and the logs have it too.
   */
  void record(Record record, String row, @Nullable String generationId) {
    boolean told = false;
    while (true) {
      try {
        record.write();
        return;
      } catch (RuntimeException e) {
        String id = generationId == null ? "" : ", generation " + generationId;
        if (!told) warn("cannot record row " + row + id + ": " + e.getMessage());
        told = true;
        if (isClosedWithin(1)) return;
      }
    }
  }

  private boolean isClosedWithin(long seconds) {
    try {
      return closed.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  void close() {
    closed.countDown();
  }
}
