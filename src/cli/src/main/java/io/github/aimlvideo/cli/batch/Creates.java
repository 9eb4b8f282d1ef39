package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.cli.ExitCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows that are to be sent, and those whose creates are under way. */
final class Creates {
  /** A create takes as long as its picture; more at once would only be more in doubt. */
  private static final int AT_ONCE = 4;

  private final Work work;
  private final VideoClient client;
  private final Lookups lookups;
  private final Generations generations;
  private final Throttle throttle;
  private final Deque<RowState> waiting = new ArrayDeque<>();
  private final Set<RowState> sending = new HashSet<>();
  private boolean closed;

  Creates(Work work, VideoClient client, Generations generations) {
    this.work = work;
    this.client = client;
    this.generations = generations;
    lookups = new Lookups(work, client, this::accepted, waiting::addFirst);
    throttle = new Throttle(work.settings.concurrency(), System.nanoTime());
  }

  void add(RowState state) {
    waiting.add(state);
  }

  /** A create of an earlier run of which nobody knows what became of it. */
  void addInDoubt(RowState state) {
    work.budget.sending(state.clientRequestId(), state.row.kind());
    lookups.lookFor(state);
  }

  int waiting() {
    return waiting.size();
  }

  int sending() {
    return sending.size();
  }

  int inDoubt() {
    return lookups.inDoubt();
  }

  /** What has an id from here on is noted, but nobody waits for it. */
  void close() {
    closed = true;
    lookups.close();
  }

  /** What is in doubt is looked for before anything is sent. */
  void sendMore() {
    while (!waiting.isEmpty() && !work.outcome.isStopped() && mayOneMore()) {
      if (!work.budget.allows(waiting.peek().row.kind())) {
        boolean later = work.budget.mayAllowLater();
        if (!later) work.stop(ExitCode.STILL_RUNNING, work.budget.reason());
        return;
      }
      int rows = 1 + sending.size() + inDoubt() + generations.underWay();
      if (work.hasRoomFor(rows)) send(waiting.poll());
    }
  }

  private boolean mayOneMore() {
    return lookups.haveBegun()
        && sending.size() < AT_ONCE
        && throttle.allows(sending.size() + generations.running(), System.nanoTime());
  }

  /** Noted before it is sent. */
  private void send(RowState state) {
    String clientRequestId = UUID.randomUUID().toString();
    noteSending(state, clientRequestId);
    if (work.outcome.isBroken()) return;
    sending.add(state);
    work.budget.sending(clientRequestId, state.row.kind());
    try {
      work.after(
          client.createAsync(state.row.request(), clientRequestId),
          (created, failure) -> answered(state, created, failure));
    } catch (RuntimeException e) { // a picture that cannot be read
      answered(state, null, e);
    }
  }

  private void noteSending(RowState state, String clientRequestId) {
    Row row = state.row;
    work.note(state, Entry.sending(row.name(), row.fingerprint(), clientRequestId));
  }

  private void answered(
      RowState state, @Nullable VideoGeneration answer, @Nullable Throwable failure) {
    sending.remove(state);
    VideoGeneration created =
        failure instanceof GenerationInterruptedException e ? e.generation().orElse(null) : answer;
    if (created != null) {
      throttle.accepted();
      work.budget.created(
          state.clientRequestId(), state.row.kind(), created.creditsUsed().orElse(null));
      accepted(state, created);
    } else if (failure != null && Refusal.isSure(failure)) {
      work.budget.notCharged(state.clientRequestId());
      refused(state, failure);
    } else if (!closed) {
      lookups.lookFor(state);
    }
  }

  private void accepted(RowState state, VideoGeneration created) {
    String name = state.row.name();
    work.note(state, Entry.created(name, created.id(), created.creditsUsed().orElse(null)));
    work.print(name + ": generation " + created.id());
    if (!closed) generations.await(state);
  }

  private void refused(RowState state, Throwable failure) {
    String why = failure.getMessage();
    Refusal refusal = Refusal.of(failure);
    if (refusal == Refusal.OF_THE_ROW) {
      work.failed(state, why);
      return;
    }
    work.note(state, Entry.of(state.row.name(), Step.UNSENT, why));
    if (refusal == Refusal.OF_ALL) {
      boolean denied =
          failure instanceof ApiException e && (e.status() == 401 || e.status() == 403);
      work.stop(denied ? ExitCode.DENIED : ExitCode.OTHER, why);
      return;
    }
    waiting.addFirst(state);
    slowDown(why);
    Duration refused = throttle.refused(System.nanoTime());
    if (refused.compareTo(work.settings.patience()) > 0) {
      String told = "no create was taken for " + refused.toSeconds() + " s: " + why;
      work.stop(ExitCode.STILL_RUNNING, told);
    }
  }

  /** A create will be sent again by the client; the logs may have it only so long after that. */
  void sendsAgain(String clientRequestId, @Nullable String why) {
    slowDown(why);
    sending.stream()
        .filter(state -> state.clientRequestId().equals(clientRequestId))
        .findFirst()
        .ifPresent(state -> noteSending(state, clientRequestId));
  }

  void slowDown(@Nullable String why) {
    long now = System.nanoTime();
    if (throttle.slowDown(now)) {
      work.say("no create for " + throttle.closedFor(now).toSeconds() + " s: " + why);
    }
  }
}
