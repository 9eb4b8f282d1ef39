package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Searches the vendor's logs for creates with an unknown outcome, by their client request ids,
 * until the recovery timeout.
 */
final class RecoverySearch {
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final String UNKNOWN = "unknown whether the create was accepted: ";

  private final BatchContext context;
  private final VideoClient client;
  private final BiConsumer<RowState, VideoGeneration> found;
  private final Consumer<RowState> resubmit;
  private final Set<RowState> unknown = new HashSet<>();
  private final Set<RowState> notSearched = new HashSet<>();
  private final Set<RowState> resubmitted = new HashSet<>();
  private long failingSince;
  private boolean closed;

  /**
   * @param found receives creates that the logs have
   * @param resubmit receives creates to repeat, as --resubmit-unknown allows
   */
  RecoverySearch(
      BatchContext context,
      VideoClient client,
      BiConsumer<RowState, VideoGeneration> found,
      Consumer<RowState> resubmit) {
    this.context = context;
    this.client = client;
    this.found = found;
    this.resubmit = resubmit;
  }

  int unknown() {
    return unknown.size();
  }

  /** Whether each create has been searched for once. */
  boolean hasSearchedAll() {
    return notSearched.isEmpty();
  }

  void add(RowState state) {
    unknown.add(state);
    notSearched.add(state);
    search(state);
  }

  /** Ends the search; the outcomes stay unknown. */
  void close() {
    closed = true;
  }

  private void search(RowState state) {
    if (closed) return;
    context.whenComplete(
        client.recoverAsync(state.clientRequestId()),
        (generation, failure) ->
            searched(state, failure == null ? generation : Optional.empty(), failure));
  }

  private void searched(
      RowState state, Optional<VideoGeneration> generation, @Nullable Throwable failure) {
    notSearched.remove(state);
    if (generation.isPresent()) {
      remove(state);
      found.accept(state, generation.get());
      return;
    }
    String message =
        failure == null
            ? "not in the logs yet"
            : "cannot search the logs: " + ErrorMessage.reason(failure);
    int status = failure instanceof ApiException e ? e.status() : 0;
    boolean tooLong = failsForTooLong(failure);
    Duration searched = state.searched(context.clock.instant());
    Duration left = context.settings.recoveryTimeout().minus(searched);
    boolean over = left.isZero() || left.isNegative();
    if (status == 401) {
      giveUp(state, ExitCode.DENIED, message);
      context.stop(ExitCode.DENIED, message);
    } else if (context.isUnreachable(failure)) {
      giveUp(state, ExitCode.OTHER, UNKNOWN + message);
      context.stop(ExitCode.OTHER, message);
    } else if (failure == null ? over : hasNoLogs(status, tooLong)) {
      endUnknown(state, failure == null ? searched : null);
    } else if (context.outcome.isStopped() || tooLong) {
      giveUp(state, ExitCode.STILL_RUNNING, UNKNOWN + message);
    } else {
      boolean last = failure == null && left.compareTo(INTERVAL) < 0;
      context.schedule(last ? left.plusMillis(1) : INTERVAL, () -> search(state));
    }
  }

  private boolean failsForTooLong(@Nullable Throwable failure) {
    if (failure == null) failingSince = 0;
    else if (failingSince == 0) failingSince = System.nanoTime();
    long max = context.settings.rejectionTimeout().toNanos();
    return failure != null && System.nanoTime() - failingSince > max;
  }

  /** Whether the server has no logs for this key, or could not read them for too long. */
  private static boolean hasNoLogs(int status, boolean tooLong) {
    return status / 100 == 4 && status != 408 && status != 429 || status != 0 && tooLong;
  }

  /**
   * The logs do not have the create, or cannot be read.
   *
   * @param searched null if they cannot be read
   */
  private void endUnknown(RowState state, @Nullable Duration searched) {
    boolean again =
        context.settings.resubmitUnknown()
            && !context.outcome.isStopped()
            && resubmitted.add(state);
    if (again) {
      remove(state);
      context.inform(state.row.name() + ": resubmitted");
      resubmit.accept(state);
      return;
    }
    if (searched != null) context.record(state, state.creating().searched(searched));
    giveUp(
        state,
        ExitCode.UNKNOWN,
        "unknown whether the create was accepted (client request id "
            + state.clientRequestId()
            + "), it may be charged; to create it again, use --resubmit-unknown");
  }

  private void giveUp(RowState state, int code, @Nullable String reason) {
    remove(state);
    context.giveUp(state, code, reason);
  }

  /** The logs do not have the cost. */
  private void remove(RowState state) {
    unknown.remove(state);
    context.budget.possiblyCreated(state.clientRequestId(), state.row.kind());
  }
}
