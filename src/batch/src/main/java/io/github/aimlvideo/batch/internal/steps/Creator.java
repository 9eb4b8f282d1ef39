package io.github.aimlvideo.batch.internal.steps;

import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.RowProblem;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.database.Session;
import io.github.aimlvideo.batch.internal.store.CreateLimits;
import io.github.aimlvideo.batch.internal.store.CreditBudget;
import io.github.aimlvideo.batch.internal.store.RequestStore.Restored;
import io.github.aimlvideo.batch.internal.store.Row;
import io.github.aimlvideo.batch.internal.store.RowTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends creates, each at most once. One thread takes the next row: in one transaction that holds
 * the lock on the limits of all workers, the row becomes {@code CREATING} with its client request
 * id and gets its task. Only then is the create sent, and only by the worker whose transaction was
 * committed. Whoever finds such a row later searches the logs for it.
 */
final class Creator {
  /** A create takes as long as the upload of its image; more at once would be more to lose. */
  private static final int MAX_IN_PROGRESS = 4;

  private static final long TICK = 500;

  private final WorkerContext context;
  private final CreateResults results;
  private final Semaphore permits = new Semaphore(MAX_IN_PROGRESS);
  private final Object wake = new Object();
  private volatile boolean closed;
  private boolean woken;

  /** The row that the transaction in progress claims. */
  private @Nullable Row claimed;

  /** Why the transaction in progress does not claim one: the limit of credits. */
  private @Nullable String tooExpensive;

  Creator(WorkerContext context) {
    this.context = context;
    results = new CreateResults(context);
  }

  /** Runs until it is closed. */
  void run() {
    while (!closed && context.failure().isEmpty()) {
      try {
        if (!sendNext()) pause();
      } catch (BatchException e) {
        context.databaseFails(e);
        pause();
      } catch (RuntimeException e) {
        context.warn("cannot send creates: " + e);
        pause();
      }
    }
  }

  /** A row has ended or was added. */
  void wake() {
    synchronized (wake) {
      woken = true;
      wake.notifyAll();
    }
  }

  private void pause() {
    synchronized (wake) {
      try {
        if (!woken && !closed) wake.wait(TICK);
      } catch (InterruptedException e) {
        closed = true;
      }
      woken = false;
    }
  }

  /** How many creates have no response yet. */
  int inProgress() {
    return MAX_IN_PROGRESS - permits.availablePermits();
  }

  /** Sends no more. */
  void stop() {
    closed = true;
    wake();
  }

  /** Waits for the responses of creates under way. */
  void awaitResponses(long timeoutMillis) {
    try {
      if (permits.tryAcquire(MAX_IN_PROGRESS, timeoutMillis, TimeUnit.MILLISECONDS))
        permits.release(MAX_IN_PROGRESS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean sendNext() {
    if (context.stopped().isPresent() || !permits.tryAcquire()) return false;
    boolean sent = false;
    try {
      Optional<Row> row = claim();
      sent = row.isPresent() && send(row.get());
    } finally {
      if (!sent) permits.release();
    }
    return sent;
  }

  private Optional<Row> claim() {
    if (!context.hasSpace()) return Optional.empty();
    context.store.database().renewLock();
    long now = context.clock.millis();
    claimed = null;
    tooExpensive = null;
    try {
      Optional<Row> row = context.store.database().transaction(session -> claim(session, now));
      if (tooExpensive != null) context.stop(BatchStop.Reason.CREDITS, tooExpensive, null);
      if (row.isEmpty() || !row.get().suspended) return row;
      context.suspended(row.get(), null); // which wakes this thread
      return Optional.empty();
    } catch (BatchException e) {
      if (claimed != null) giveBack(claimed); // it may have been committed
      throw e;
    }
  }

  private Optional<Row> claim(Session session, long now) throws SQLException {
    RowTable rows = context.store.rows();
    CreateLimits limits = CreateLimits.lock(session, context.config.name());
    if (!limits.allow(rows.inFlight(session), context.config.maxInFlight(), now))
      return Optional.empty();
    Optional<Row> next = rows.firstNew(session);
    if (next.isEmpty() || !isAffordable(session, next.get())) return Optional.empty();
    Row row = next.get();
    if (context.store.database().isFile() && context.config.isTaken(row)) { // by an older run, say
      row.suspended = true;
      row.setReason(RowProblem.FILE_EXISTS.message());
      return rows.update(session, row) ? next : Optional.empty();
    }
    row.state = RowState.CREATING;
    row.clientRequestId = UUID.randomUUID().toString();
    row.attempts++;
    row.reason = null;
    row.sentAt = now;
    row.worker = context.workerId;
    claimed = row;
    if (!rows.update(session, row)) return Optional.empty();
    context.store.creates().sent(session, row);
    context.tasks.schedule(session, row, now + context.responseTime());
    return next;
  }

  private boolean isAffordable(Session session, Row row) throws SQLException {
    Optional<BigDecimal> limit = context.config.maxCredits();
    if (limit.isEmpty()) return true;
    CreditBudget budget = new CreditBudget(context.store.creates().groups(session));
    if (budget.allows(row.kind, limit.get())) return true;
    if (!budget.mayAllowLater()) tooExpensive = budget.reason(limit.get());
    return false;
  }

  /** Returns whether the create was sent or rejected. */
  private boolean send(Row row) {
    if (context.clock.millis() - row.sentAt > context.responseTime() / 2) { // a frozen process
      giveBack(row);
      return false;
    }
    String clientRequestId = String.valueOf(row.clientRequestId);
    try {
      Restored restored = context.store.requests().restore(row);
      context
          .client()
          .createAsync(restored.request(), clientRequestId)
          .whenComplete(
              (created, failure) -> {
                restored.temporary().forEach(Creator::delete);
                completed(row, clientRequestId, created, failure);
              });
    } catch (BatchException | UncheckedIOException e) { // no image could be copied
      giveBack(row);
      throw e;
    } catch (RuntimeException e) { // for instance an image that is gone
      completed(row, clientRequestId, null, e);
    }
    return true;
  }

  /** Ends a claim whose create was not sent; others may search for it already. */
  private void giveBack(Row row) {
    String clientRequestId = String.valueOf(row.clientRequestId);
    context.record(() -> results.notSent(row.key, clientRequestId), row.name, null);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // in the folder of the system for temporary files
    }
  }

  private void completed(
      Row row,
      String clientRequestId,
      @Nullable VideoGeneration generation,
      @Nullable Throwable failure) {
    try {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      VideoGeneration created =
          cause instanceof GenerationInterruptedException e
              ? e.generation().orElse(null)
              : generation;
      context.heard(cause);
      if (created != null) {
        context.event(listener -> listener.onCreated(row.name, created.id()));
        context.record(
            () -> results.accepted(row.key, clientRequestId, created), row.name, created.id());
      } else if (cause != null && CreateRejection.isDefinite(cause)) {
        context.record(() -> results.rejected(row.key, clientRequestId, cause), row.name, null);
      } else {
        context.record(() -> results.lost(row.key, clientRequestId), row.name, null);
      }
    } finally {
      permits.release();
      wake();
    }
  }
}
