package io.github.aimlvideo.batch.internal.steps;

import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.internal.steps.RowClaims.Claim;
import io.github.aimlvideo.batch.internal.store.RequestStore.Restored;
import io.github.aimlvideo.batch.internal.store.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends creates, each at most once. One thread claims the next row; only then is the create sent,
 * and only by the worker whose claim was committed. Whoever finds such a row later searches the
 * logs for it.
 */
final class Creator {
  /** A create takes as long as the upload of its image; more at once would be more to lose. */
  private static final int MAX_IN_PROGRESS = 4;

  private static final long TICK = 500;

  private final WorkerContext context;
  private final CreateResults results;
  private final RowClaims claims;
  private final Semaphore permits = new Semaphore(MAX_IN_PROGRESS);
  private final Object wake = new Object();
  private volatile boolean closed;
  private boolean woken;

  Creator(WorkerContext context) {
    this.context = context;
    results = new CreateResults(context);
    claims = new RowClaims(context, results, this::wake);
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
      Optional<Claim> claim = claims.next();
      sent = claim.isPresent() && send(claim.get());
    } finally {
      if (!sent) permits.release();
    }
    return sent;
  }

  /** Returns whether the create was sent or rejected. */
  private boolean send(Claim claim) {
    Row row = claim.row();
    if (context.clock.millis() - row.sentAt > context.responseTime() / 2) { // a frozen process
      claims.giveBack(row);
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
                completed(claim, clientRequestId, created, failure);
              });
    } catch (BatchException | UncheckedIOException e) { // no image could be copied
      claims.giveBack(row);
      throw e;
    } catch (RuntimeException e) { // for instance an image that is gone
      completed(claim, clientRequestId, null, e);
    }
    return true;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // in the folder of the system for temporary files
    }
  }

  private void completed(
      Claim claim,
      String clientRequestId,
      @Nullable VideoGeneration generation,
      @Nullable Throwable failure) {
    Row row = claim.row();
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
        created.cost().ifPresent(cost -> context.quotes.charged(row, claim.quote(), cost));
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
