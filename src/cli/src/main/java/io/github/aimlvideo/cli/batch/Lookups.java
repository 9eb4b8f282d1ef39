package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.cli.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows whose creates were sent, perhaps, and of which nobody knows what became: looks for them
 * in the vendor's logs, by their client request ids, until these ought to have them.
 */
final class Lookups {
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final Work work;
  private final VideoClient client;
  private final BiConsumer<RowState, VideoGeneration> found;
  private final Consumer<RowState> sendAgain;
  private final Set<RowState> inDoubt = new HashSet<>();
  private final Set<RowState> firstLooks = new HashSet<>();
  private final Set<RowState> resubmitted = new HashSet<>();
  private long failingSince;
  private boolean closed;

  /** For what the logs have, and for what is sent again because somebody said yes to that. */
  Lookups(
      Work work,
      VideoClient client,
      BiConsumer<RowState, VideoGeneration> found,
      Consumer<RowState> sendAgain) {
    this.work = work;
    this.client = client;
    this.found = found;
    this.sendAgain = sendAgain;
  }

  int inDoubt() {
    return inDoubt.size();
  }

  /** Whether all have been looked for once. */
  boolean haveBegun() {
    return firstLooks.isEmpty();
  }

  void lookFor(RowState state) {
    inDoubt.add(state);
    firstLooks.add(state);
    look(state);
  }

  /** What is in doubt stays so. */
  void close() {
    closed = true;
  }

  private void look(RowState state) {
    if (closed) return;
    work.after(
        client.recoverAsync(state.clientRequestId()),
        (generation, failure) ->
            looked(state, failure == null ? generation : Optional.empty(), failure));
  }

  private void looked(
      RowState state, Optional<VideoGeneration> generation, @Nullable Throwable failure) {
    firstLooks.remove(state);
    if (generation.isPresent()) {
      leave(state);
      found.accept(state, generation.get());
      return;
    }
    String message = failure == null ? "not yet in the logs" : failure.getMessage();
    int status = failure instanceof ApiException e ? e.status() : 0;
    boolean tooLong = failsForTooLong(failure);
    Duration left = work.settings.recoveryTimeout().minus(state.age(Instant.now()));
    boolean over = left.isZero() || left.isNegative();
    if (status == 401) {
      giveUp(state, ExitCode.DENIED, message);
      work.stop(ExitCode.DENIED, message);
    } else if (failure == null ? over : saysNothing(status, tooLong)) {
      unknown(state);
    } else if (work.outcome.isStopped() || tooLong) {
      String why = "nobody knows yet whether it was accepted: " + message;
      giveUp(state, ExitCode.STILL_RUNNING, why);
    } else {
      boolean soon = failure == null && left.compareTo(INTERVAL) < 0;
      work.later(soon ? left.plusMillis(1) : INTERVAL, () -> look(state));
    }
  }

  private boolean failsForTooLong(@Nullable Throwable failure) {
    if (failure == null) failingSince = 0;
    else if (failingSince == 0) failingSince = System.nanoTime();
    long patience = work.settings.patience().toNanos();
    return failure != null && System.nanoTime() - failingSince > patience;
  }

  /** Whether this server has no logs for this key, or none that it could read for so long. */
  private static boolean saysNothing(int status, boolean tooLong) {
    return status / 100 == 4 && status != 408 && status != 429 || status != 0 && tooLong;
  }

  /** The logs ought to have it and have it not, or nobody can read them. */
  private void unknown(RowState state) {
    boolean again =
        work.settings.resubmitUnknown() && !work.outcome.isStopped() && resubmitted.add(state);
    if (again) {
      leave(state);
      work.say(state.row.name() + ": sent again, as --resubmit-unknown says");
      sendAgain.accept(state);
      return;
    }
    giveUp(
        state,
        ExitCode.UNKNOWN,
        "nobody knows whether its create was accepted (client request id "
            + state.clientRequestId()
            + "), it may be charged; is it to be sent again? --resubmit-unknown says yes");
  }

  private void giveUp(RowState state, int code, @Nullable String why) {
    leave(state);
    work.hinder(state, code, why);
  }

  /** The logs name no cost. */
  private void leave(RowState state) {
    inDoubt.remove(state);
    work.budget.perhapsCreated(state.clientRequestId(), state.row.kind());
  }
}
