package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.batch.journal.JournalEntry;
import io.github.aimlvideo.cli.batch.journal.RowStage;
import io.github.aimlvideo.cli.batch.manifest.ManifestRow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows that wait for their create, and those whose create is in progress. */
final class CreateQueue {
  /** A create takes as long as the upload of its image; more at once would be more to lose. */
  private static final int MAX_IN_PROGRESS = 4;

  private final BatchContext context;
  private final VideoClient client;
  private final RecoverySearch recovery;
  private final GenerationTracker generations;
  private final CreateThrottle throttle;
  private final Deque<RowState> waiting = new ArrayDeque<>();
  private final Set<RowState> inProgress = new HashSet<>();
  private boolean closed;

  CreateQueue(BatchContext context, VideoClient client, GenerationTracker generations) {
    this.context = context;
    this.client = client;
    this.generations = generations;
    recovery = new RecoverySearch(context, client, this::accepted, waiting::addFirst);
    throttle = new CreateThrottle(context.settings.concurrency(), System.nanoTime());
  }

  void add(RowState state) {
    waiting.add(state);
  }

  /** Adds a create of an earlier run whose outcome is unknown. */
  void addUnknown(RowState state) {
    context.budget.start(state.clientRequestId(), state.row.kind());
    recovery.add(state);
  }

  int waiting() {
    return waiting.size();
  }

  int inProgress() {
    return inProgress.size();
  }

  int unknown() {
    return recovery.unknown();
  }

  /** Ids that arrive from now on are recorded, but not awaited. */
  void close() {
    closed = true;
    recovery.close();
  }

  /** Sends creates, after each unknown one has been searched for once. */
  void createMore() {
    while (!waiting.isEmpty() && !context.outcome.isStopped() && canCreate()) {
      if (!context.budget.allows(waiting.peek().row.kind())) {
        boolean later = context.budget.mayAllowLater();
        if (!later) context.stop(ExitCode.STILL_RUNNING, context.budget.reason());
        return;
      }
      int rows = 1 + inProgress.size() + unknown() + generations.active();
      if (context.reserveJournal(rows)) create(waiting.poll());
    }
  }

  private boolean canCreate() {
    return recovery.hasSearchedAll()
        && inProgress.size() < MAX_IN_PROGRESS
        && throttle.allows(inProgress.size() + generations.polling(), System.nanoTime());
  }

  /** Records the create, then sends it. */
  private void create(RowState state) {
    String clientRequestId = UUID.randomUUID().toString();
    recordCreating(state, clientRequestId);
    if (context.outcome.isAborted()) return;
    inProgress.add(state);
    context.budget.start(clientRequestId, state.row.kind());
    try {
      context.whenComplete(
          client.createAsync(state.row.request(), clientRequestId),
          (created, failure) -> completed(state, created, failure));
    } catch (RuntimeException e) { // for instance an unreadable image
      completed(state, null, e);
    }
  }

  private void recordCreating(RowState state, String clientRequestId) {
    ManifestRow row = state.row;
    context.record(state, JournalEntry.creating(row.name(), row.fingerprint(), clientRequestId));
  }

  private void completed(
      RowState state, @Nullable VideoGeneration generation, @Nullable Throwable failure) {
    inProgress.remove(state);
    VideoGeneration created =
        failure instanceof GenerationInterruptedException e
            ? e.generation().orElse(null)
            : generation;
    if (created != null) {
      throttle.accepted();
      context.budget.created(
          state.clientRequestId(), state.row.kind(), created.creditsUsed().orElse(null));
      accepted(state, created);
    } else if (failure != null && CreateRejection.isDefinite(failure)) {
      context.budget.notCharged(state.clientRequestId());
      rejected(state, failure);
    } else if (!closed) {
      recovery.add(state);
    }
  }

  private void accepted(RowState state, VideoGeneration created) {
    String name = state.row.name();
    context.record(
        state, JournalEntry.created(name, created.id(), created.creditsUsed().orElse(null)));
    context.print(name + ": generation " + created.id());
    if (!closed) generations.await(state);
  }

  private void rejected(RowState state, Throwable failure) {
    String reason = ErrorMessage.reason(failure);
    CreateRejection rejection = CreateRejection.of(failure);
    if (rejection == CreateRejection.ROW) {
      context.recordFailed(state, reason);
      return;
    }
    context.record(state, JournalEntry.of(state.row.name(), RowStage.UNSENT, reason));
    if (rejection == CreateRejection.BATCH) {
      boolean denied =
          failure instanceof ApiException e && (e.status() == 401 || e.status() == 403);
      context.stop(denied ? ExitCode.DENIED : ExitCode.OTHER, ErrorMessage.of(failure));
      return;
    }
    if (context.isUnreachable(failure)) {
      context.stop(ExitCode.OTHER, ErrorMessage.of(failure));
      return;
    }
    waiting.addFirst(state);
    slowDown(reason);
    Duration rejected = throttle.rejected(System.nanoTime());
    if (rejected.compareTo(context.settings.rejectionTimeout()) > 0) {
      String message = "all creates rejected for " + rejected.toSeconds() + " s: " + reason;
      context.stop(ExitCode.STILL_RUNNING, message);
    }
  }

  /** The client retries a create; the recovery timeout counts from the last attempt. */
  void createRetried(String clientRequestId, String reason) {
    slowDown(reason);
    inProgress.stream()
        .filter(state -> state.clientRequestId().equals(clientRequestId))
        .findFirst()
        .ifPresent(state -> recordCreating(state, clientRequestId));
  }

  void slowDown(String reason) {
    long now = System.nanoTime();
    if (throttle.slowDown(now)) {
      context.inform(
          "pausing creates for " + throttle.pausedFor(now).toSeconds() + " s: " + reason);
    }
  }
}
