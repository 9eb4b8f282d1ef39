package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.cli.ExitCode;
import java.time.Duration;
import java.util.Collection;

/**
 * Brings every row to its film: sends, waits, fetches, and notes each step in the journal.
 *
 * <p>One thread decides everything and writes the journal; what the client's futures bring comes to
 * it as events. So a row is in one state, the one that the journal has, and a batch that was killed
 * is begun again from there.
 */
final class Batch implements GenerationListener {
  private static final Duration TICK = Duration.ofSeconds(1);

  /** How long ids are waited for when the end has come; the JVM has 5 s after a signal. */
  private static final Duration LAST_ANSWERS = Duration.ofMillis(1500);

  private static final Duration CLOSING = Duration.ofMillis(1500);
  private static final Duration SHORT_TICK = Duration.ofMillis(50);

  private final Work work;
  private final Collection<RowState> states;
  private final Report report;
  private VideoClient client;
  private Creates creates;
  private Generations generations;

  /** The rows, as far as the journal has brought them. */
  @SuppressWarnings("NullAway.Init") // run() gets the client, which is made with this listener
  Batch(Work work, Collection<RowState> states, Report report) {
    this.work = work;
    this.states = states;
    this.report = report;
  }

  /**
   * Goes on until nothing is left to do or in the way.
   *
   * @throws InterruptedException if the thread is interrupted; what is under way has been noted
   */
  void run(VideoClient client) throws InterruptedException {
    this.client = client;
    generations = new Generations(work, client);
    creates = new Creates(work, client, generations);
    try {
      run();
    } catch (InterruptedException e) {
      windDown();
      throw e;
    } catch (RuntimeException e) {
      report.print("aiml-video: unexpected: " + e);
      work.outcome.add(ExitCode.OTHER);
      windDown();
    }
  }

  private void run() throws InterruptedException {
    states.forEach(state -> state.charge(work.budget));
    states.forEach(this::takeUp);
    report.begun();
    while (!isOver()) {
      creates.sendMore();
      generations.fetchMore();
      report.inFlight(creates.sending() + generations.running());
      work.handleNext(TICK);
    }
    if (work.outcome.isBroken()) windDown();
  }

  /** Waits a little for the ids of the creates that are under way, then ends these. */
  private void windDown() throws InterruptedException {
    work.outcome.stop(ExitCode.STILL_RUNNING);
    answersUntil(System.nanoTime() + LAST_ANSWERS.toNanos());
    creates.close();
    client.close();
    answersUntil(System.nanoTime() + CLOSING.toNanos());
  }

  private void answersUntil(long end) throws InterruptedException {
    while (creates.sending() > 0 && System.nanoTime() - end < 0) work.handleNext(SHORT_TICK);
  }

  private boolean isOver() {
    if (work.outcome.isBroken()) return true;
    boolean underWay = creates.inDoubt() + creates.sending() + generations.underWay() > 0;
    return !underWay && (creates.waiting() == 0 || work.outcome.isStopped());
  }

  /** Begins where the journal ends. */
  private void takeUp(RowState state) {
    boolean hasFilm = state.hasFilm(work.folder);
    if (hasFilm && state.is(Step.SAVED)) {
      report.settled(state);
    } else if (hasFilm) {
      work.saved(state);
    } else if (state.is(Step.SENDING)) {
      creates.addInDoubt(state);
    } else if (state.isUnsent() || state.is(Step.FAILED) && work.settings.retryFailed()) {
      creates.add(state);
    } else if (state.is(Step.FAILED)) {
      work.settle(state, ExitCode.FAILED);
    } else {
      // a film that somebody took away is a film to fetch
      if (state.is(Step.SAVED)) work.note(state, Entry.of(state.row.name(), Step.COMPLETED, null));
      generations.await(state);
    }
  }

  // what the client tells on threads of its own

  @Override
  public void onCreateRetry(String clientRequestId, ApiException cause) {
    work.soon(() -> creates.sendsAgain(clientRequestId, cause.getMessage()));
  }

  @Override
  public void onPollRetry(String generationId, Exception cause) {
    boolean tooMany = cause instanceof ApiException e && e.status() == 429;
    if (tooMany) work.soon(() -> creates.slowDown(cause.getMessage()));
  }

  @Override
  public void onWarning(String warning) {
    report.warned(warning);
  }
}
