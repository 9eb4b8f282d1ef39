package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Brings every row to its film: sends, waits, fetches, and notes each step in the journal.
 *
 * <p>One thread decides everything and writes the journal; what the client's futures bring comes to
 * it as events. So a row is in one state, the one that the journal has, and a batch that was killed
 * is begun again from there.
 */
final class Batch implements GenerationListener {
  /**
   * A create takes as long as its picture; more at once would only be more in doubt after a kill.
   */
  private static final int CREATES_AT_ONCE = 4;

  /** As many as the client makes at once; more would wait there, and their links die. */
  private static final int FETCHES_AT_ONCE = 8;

  private static final Duration LINK_LIVES = Duration.ofMinutes(5);

  private static final Duration BETWEEN_LOOKUPS = Duration.ofSeconds(15);
  private static final long TICK_MILLIS = 1000;

  /** How long ids are waited for when the end has come; the JVM has 5 s after a signal. */
  private static final Duration SETTLING = Duration.ofMillis(1500);

  private static final Duration CLOSING = Duration.ofMillis(500);

  private final Settings settings;
  private final Path folder;
  private final Collection<RowState> states;
  private final Journal journal;
  private final Report report;
  private final Outcome outcome = new Outcome();
  private final Throttle throttle;
  private final Budget budget;

  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
  private final Deque<RowState> waiting = new ArrayDeque<>();
  private final Set<RowState> inDoubt = new HashSet<>();
  private final Set<RowState> sending = new HashSet<>();
  private final Set<RowState> running = new HashSet<>();
  private final Deque<Film> films = new ArrayDeque<>();
  private final Set<RowState> fetching = new HashSet<>();
  private final Set<RowState> resubmitted = new HashSet<>();
  private int firstLookups;
  private long lookupsFailSince;
  private VideoClient client;
  private boolean closed;

  /** The rows, as far as the journal has brought them. */
  Batch(
      Settings settings,
      Budget budget,
      Path folder,
      Collection<RowState> states,
      Journal journal,
      Report report) {
    this.settings = settings;
    this.folder = folder;
    this.states = states;
    this.journal = journal;
    this.report = report;
    throttle = new Throttle(settings.concurrency(), System.nanoTime());
    this.budget = budget;
  }

  /**
   * Goes on until nothing is left to do or in the way.
   *
   * @throws InterruptedException if the thread is interrupted; what is under way has been noted
   */
  Outcome run(VideoClient client) throws InterruptedException {
    this.client = client;
    try {
      return run();
    } catch (InterruptedException e) {
      settle();
      throw e;
    } catch (RuntimeException e) {
      report.print("aiml-video: unexpected: " + e);
      outcome.add(ExitCode.OTHER);
      settle();
      return outcome;
    }
  }

  private Outcome run() throws InterruptedException {
    states.forEach(state -> state.charge(budget));
    states.forEach(this::takeUp);
    report.begun();
    while (!isOver()) {
      sendMore();
      fetchMore();
      report.inFlight(sending.size() + running.size());
      handleNext(TICK_MILLIS);
    }
    if (outcome.isBroken()) settle();
    return outcome;
  }

  /** Waits a little for the ids of the creates that are under way, then ends these. */
  private void settle() throws InterruptedException {
    outcome.stop(ExitCode.STILL_RUNNING, "stopped");
    handleUntil(System.nanoTime() + SETTLING.toNanos());
    closed = true;
    client.close();
    handleUntil(System.nanoTime() + CLOSING.toNanos());
  }

  private void handleUntil(long end) throws InterruptedException {
    while (!sending.isEmpty() && System.nanoTime() - end < 0) handleNext(50);
  }

  private void handleNext(long millis) throws InterruptedException {
    Runnable event = events.poll(millis, TimeUnit.MILLISECONDS);
    if (event != null) event.run();
  }

  /** Paid for, and not in its place. */
  private int inFlight() {
    return running.size() + films.size() + fetching.size();
  }

  Outcome outcome() {
    return outcome;
  }

  private boolean isOver() {
    if (outcome.isBroken()) return true;
    boolean nothingUnderWay = inDoubt.isEmpty() && sending.isEmpty() && inFlight() == 0;
    return nothingUnderWay && (waiting.isEmpty() || outcome.isStopped());
  }

  /** Begins where the journal ends. */
  private void takeUp(RowState state) {
    if (state.is(Step.SAVED) && !state.hasFilm(folder)) {
      note(state, Entry.of(state.row.name(), Step.COMPLETED, null));
    }
    if (state.hasFilm(folder)) {
      if (!state.is(Step.SAVED)) note(state, Entry.of(state.row.name(), Step.SAVED, null));
      report.settled(state);
    } else if (state.is(Step.SENDING)) {
      budget.sending(state.clientRequestId(), state.row.kind());
      inDoubt.add(state);
      firstLookups++;
      lookUp(state, this::lookedUpFirst);
    } else if (state.isUnsent() || state.is(Step.FAILED) && settings.retryFailed()) {
      waiting.add(state);
    } else if (state.is(Step.FAILED)) {
      settle(state, ExitCode.FAILED);
    } else {
      await(state);
    }
  }

  // --- creates

  /** What is in doubt is looked for before anything is sent. */
  private void sendMore() {
    while (!outcome.isStopped()
        && firstLookups == 0
        && !waiting.isEmpty()
        && sending.size() < CREATES_AT_ONCE
        && throttle.allows(sending.size() + running.size(), System.nanoTime())) {
      RowState next = waiting.peek();
      if (budget.allows(next.row.kind())) {
        send(waiting.poll());
      } else {
        if (!budget.mayAllowLater()) stop(ExitCode.STILL_RUNNING, budget.reason());
        return;
      }
    }
  }

  /** Noted before it is sent; with room for all that it will bring. */
  private void send(RowState state) {
    String clientRequestId = UUID.randomUUID().toString();
    try {
      journal.keepRoomFor(1 + sending.size() + inDoubt.size() + inFlight());
    } catch (IOException e) {
      waiting.addFirst(state);
      stop(ExitCode.OTHER, "nothing more is sent, the journal has no room: " + e.getMessage());
      return;
    }
    note(state, sending(state.row, clientRequestId));
    if (outcome.isBroken()) return;
    sending.add(state);
    budget.sending(clientRequestId, state.row.kind());
    try {
      later(
          client.createAsync(state.row.request(), clientRequestId),
          (created, failure) -> answered(state, created, failure));
    } catch (RuntimeException e) { // a picture that cannot be read
      answered(state, null, e);
    }
  }

  private void answered(RowState state, VideoGeneration created, Throwable failure) {
    sending.remove(state);
    if (failure instanceof GenerationInterruptedException e) created = e.generation().orElse(null);
    if (created != null) {
      throttle.accepted();
      budget.created(state.clientRequestId(), state.row.kind(), created.creditsUsed().orElse(null));
      accepted(state, created);
    } else if (!Refusal.isSure(failure)) {
      if (closed) return;
      inDoubt.add(state);
      lookUp(state, this::lookedUp);
    } else {
      budget.notCharged(state.clientRequestId());
      refused(state, failure);
    }
  }

  private void accepted(RowState state, VideoGeneration created) {
    String name = state.row.name();
    note(state, Entry.created(name, created.id(), created.creditsUsed().orElse(null)));
    report.say(name + ": generation " + created.id());
    if (!closed) await(state);
  }

  private void refused(RowState state, Throwable failure) {
    int status = failure instanceof ApiException e ? e.status() : -1;
    switch (Refusal.of(failure)) {
      case OF_THE_ROW -> failed(state, failure.getMessage());
      case FOR_NOW -> {
        note(state, Entry.of(state.row.name(), Step.UNSENT, failure.getMessage()));
        waiting.addFirst(state);
        slowDown(failure.getMessage());
        throttle.refused(System.nanoTime());
        Duration refused = throttle.refusedFor(System.nanoTime());
        if (refused.compareTo(settings.patience()) > 0) {
          stop(
              ExitCode.STILL_RUNNING,
              "no create was taken for " + refused.toSeconds() + " s: " + failure.getMessage());
        }
      }
      case OF_ALL -> {
        note(state, Entry.of(state.row.name(), Step.UNSENT, failure.getMessage()));
        boolean denied = status == 401 || status == 403;
        stop(denied ? ExitCode.DENIED : ExitCode.OTHER, failure.getMessage());
      }
    }
  }

  /** The logs can have it so long after that, not after the first time. */
  private void sendsAgain(String clientRequestId, String why) {
    slowDown(why);
    sending.stream()
        .filter(state -> state.clientRequestId().equals(clientRequestId))
        .findFirst()
        .ifPresent(state -> note(state, sending(state.row, clientRequestId)));
  }

  private static Entry sending(Row row, String clientRequestId) {
    return Entry.sending(row.name(), row.fingerprint(), clientRequestId);
  }

  private void slowDown(String why) {
    long now = System.nanoTime();
    if (throttle.slowDown(now)) {
      report.say("no create for " + throttle.closedFor(now).toSeconds() + " s: " + why);
    }
  }

  // --- creates of which nobody knows what became of them

  private void lookUp(RowState state, LookedUp then) {
    later(
        client.recoverAsync(state.clientRequestId()),
        (found, failure) -> then.handle(state, found, failure));
  }

  private interface LookedUp {
    void handle(RowState state, Optional<VideoGeneration> found, Throwable failure);
  }

  private void lookedUpFirst(RowState state, Optional<VideoGeneration> found, Throwable failure) {
    firstLookups--;
    lookedUp(state, found, failure);
  }

  private void lookedUp(RowState state, Optional<VideoGeneration> found, Throwable failure) {
    if (found != null && found.isPresent()) {
      inDoubt.remove(state);
      budget.perhapsCreated(state.clientRequestId(), state.row.kind()); // the logs name no cost
      accepted(state, found.get());
      return;
    }
    Duration left = settings.lookupTime().minus(state.age(Instant.now()));
    int status = failure instanceof ApiException e ? e.status() : 0;
    boolean tooLong = lookupsFail(failure);
    if (status == 401) {
      giveUp(state, ExitCode.DENIED, failure.getMessage());
      stop(ExitCode.DENIED, failure.getMessage());
    } else if (failure == null
        ? left.compareTo(Duration.ZERO) <= 0
        : saysNothing(status, tooLong)) {
      unknown(state);
    } else if (outcome.isStopped() || tooLong) {
      giveUp(
          state,
          ExitCode.STILL_RUNNING,
          "nobody knows yet whether it was accepted: "
              + (failure == null ? "not yet in the logs" : failure.getMessage()));
    } else {
      boolean soon = failure == null && left.compareTo(BETWEEN_LOOKUPS) < 0;
      long millis = soon ? left.toMillis() + 1 : BETWEEN_LOOKUPS.toMillis();
      CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, events::add)
          .execute(() -> lookUp(state, this::lookedUp));
    }
  }

  /** Whether this server has no logs for this key, or none that it could read for so long. */
  private static boolean saysNothing(int status, boolean tooLong) {
    return status / 100 == 4 && status != 408 && status != 429 || status != 0 && tooLong;
  }

  private void giveUp(RowState state, int code, String why) {
    inDoubt.remove(state);
    budget.perhapsCreated(state.clientRequestId(), state.row.kind());
    hinder(state, code, why);
  }

  /** Whether that is so for longer than anybody waits. */
  private boolean lookupsFail(Throwable failure) {
    if (failure == null) lookupsFailSince = 0;
    else if (lookupsFailSince == 0) lookupsFailSince = System.nanoTime();
    return failure != null && System.nanoTime() - lookupsFailSince > settings.patience().toNanos();
  }

  /** The logs were read when they ought to have it, and have it not; or nobody can read them. */
  private void unknown(RowState state) {
    boolean again = settings.resubmitUnknown() && !outcome.isStopped() && resubmitted.add(state);
    if (!again) {
      giveUp(
          state,
          ExitCode.UNKNOWN,
          "nobody knows whether its create was accepted (client request id "
              + state.clientRequestId()
              + "), it may be charged; is it to be sent again? --resubmit-unknown says yes");
      return;
    }
    report.say(state.row.name() + ": sent again, as --resubmit-unknown says");
    inDoubt.remove(state);
    budget.perhapsCreated(state.clientRequestId(), state.row.kind());
    waiting.addFirst(state);
  }

  // --- generations and films

  private void await(RowState state) {
    running.add(state);
    later(client.awaitAsync(state.id()), (ended, failure) -> ended(state, ended, failure));
  }

  private void ended(RowState state, VideoGeneration ended, Throwable failure) {
    running.remove(state);
    if (ended != null) {
      if (!state.is(Step.COMPLETED)) note(state, Entry.of(state.row.name(), Step.COMPLETED, null));
      films.add(new Film(state, ended, System.nanoTime()));
    } else if (failure instanceof GenerationFailedException e) {
      budget.notCharged(state.clientRequestId());
      failed(state, e.generation().flatMap(VideoGeneration::failureReason).orElse(e.getMessage()));
    } else if (failure instanceof GenerationTimeoutException
        || failure instanceof GenerationInterruptedException) {
      hinder(state, ExitCode.STILL_RUNNING, "generation " + state.id() + " still runs");
    } else {
      int code = failure instanceof ApiException e ? ExitCode.of(e) : ExitCode.OTHER;
      hinder(state, code, failure.getMessage());
      if (code == ExitCode.DENIED) stop(code, failure.getMessage());
    }
  }

  /** A film that waits to be fetched; its link dies after some minutes. */
  private record Film(RowState state, VideoGeneration completed, long since) {}

  private void fetchMore() {
    while (fetching.size() < FETCHES_AT_ONCE && !films.isEmpty()) {
      Film next = films.poll();
      if (System.nanoTime() - next.since > LINK_LIVES.toNanos()) await(next.state);
      else fetch(next.state, next.completed);
    }
  }

  private void fetch(RowState state, VideoGeneration completed) {
    fetching.add(state);
    try {
      later(
          client.downloadAsync(completed, folder.resolve(state.row.file())),
          (file, failure) -> fetched(state, failure));
    } catch (IllegalArgumentException e) { // a folder of that name
      fetched(state, e);
    }
  }

  private void fetched(RowState state, Throwable failure) {
    fetching.remove(state);
    if (failure == null) {
      note(state, Entry.of(state.row.name(), Step.SAVED, null));
      report.settled(state);
      return;
    }
    hinder(state, ExitCode.OTHER, failure.getMessage());
    if (failure instanceof DownloadException && !Disk.hasRoom(folder)) {
      stop(ExitCode.OTHER, "nothing more is sent, " + folder + " has no room for a film");
    }
  }

  // --- what becomes of a row

  private void failed(RowState state, String reason) {
    note(state, Entry.of(state.row.name(), Step.FAILED, reason));
    settle(state, ExitCode.FAILED);
  }

  private void hinder(RowState state, int code, String why) {
    state.hindered(why);
    settle(state, code);
  }

  private void settle(RowState state, int code) {
    outcome.add(code);
    report.settled(state);
  }

  private void stop(int code, String why) {
    if (outcome.stop(code, why)) report.print("aiml-video: " + why);
  }

  /** What cannot be noted is told, an id above all, and ends the batch. */
  private void note(RowState state, Entry entry) {
    state.apply(entry);
    try {
      journal.append(entry);
    } catch (IOException e) {
      if (entry.id() != null) report.print(entry.row() + ": generation " + entry.id());
      report.print("aiml-video: cannot note " + entry.toJson() + ": " + e.getMessage());
      outcome.breakOff();
    }
  }

  private <T> void later(CompletableFuture<T> future, BiConsumer<T, Throwable> event) {
    future.whenComplete(
        (result, failure) -> {
          Throwable cause =
              failure instanceof CompletionException && failure.getCause() != null
                  ? failure.getCause()
                  : failure;
          events.add(() -> event.accept(result, cause));
        });
  }

  // --- what the client tells on its own threads

  @Override
  public void createFailed(String clientRequestId, ApiException cause) {
    events.add(() -> sendsAgain(clientRequestId, cause.getMessage()));
  }

  @Override
  public void pollFailed(String generationId, Exception cause) {
    if (cause instanceof ApiException e && e.status() == 429)
      events.add(() -> slowDown(e.getMessage()));
  }

  @Override
  public void warned(String warning) {
    report.warned(warning);
  }
}
