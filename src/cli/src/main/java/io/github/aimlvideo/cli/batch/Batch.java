package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import java.time.Duration;
import java.util.Collection;

/**
 * Creates, polls and downloads all rows, and records each step in the journal.
 *
 * <p>One thread makes all decisions and writes the journal; results of the client's futures reach
 * it as events. A row therefore always has the state that the journal has, and a batch that was
 * killed resumes from there.
 */
final class Batch implements GenerationListener {
  private static final Duration TICK = Duration.ofSeconds(1);

  /** How long to wait for ids at the end; after a signal the JVM has 5 s. */
  private static final Duration LAST_RESPONSES = Duration.ofMillis(1500);

  private static final Duration AFTER_CLOSE = Duration.ofMillis(1500);
  private static final Duration SHORT_TICK = Duration.ofMillis(50);

  private final BatchContext context;
  private final Collection<RowState> states;
  private final BatchReport report;
  private VideoClient client;
  private CreateQueue creates;
  private GenerationTracker generations;

  /** Rows with the state that the journal has. */
  @SuppressWarnings("NullAway.Init") // run() gets the client, which is made with this listener
  Batch(BatchContext context, Collection<RowState> states, BatchReport report) {
    this.context = context;
    this.states = states;
    this.report = report;
  }

  /**
   * Runs until nothing is left to do, or nothing more can be done.
   *
   * @throws InterruptedException if the thread is interrupted; all steps so far are recorded
   */
  void run(VideoClient client) throws InterruptedException {
    this.client = client;
    generations = new GenerationTracker(context, client);
    creates = new CreateQueue(context, client, generations);
    try {
      run();
    } catch (InterruptedException e) {
      shutDown();
      throw e;
    } catch (RuntimeException e) {
      report.print("aiml-video: " + ErrorMessage.of(e));
      context.outcome.add(ExitCode.OTHER);
      shutDown();
    }
  }

  private void run() throws InterruptedException {
    states.forEach(this::resume);
    report.start();
    while (!isDone()) {
      creates.createMore();
      generations.downloadMore();
      report.showInFlight(creates.inProgress() + generations.polling());
      context.runNextEvent(TICK);
    }
    if (context.outcome.isAborted()) shutDown();
  }

  /** Waits briefly for the ids of creates in progress, then closes the client. */
  private void shutDown() throws InterruptedException {
    context.outcome.stop(ExitCode.STILL_RUNNING);
    awaitCreates(System.nanoTime() + LAST_RESPONSES.toNanos());
    creates.close();
    client.close();
    awaitCreates(System.nanoTime() + AFTER_CLOSE.toNanos());
  }

  private void awaitCreates(long end) throws InterruptedException {
    while (creates.inProgress() > 0 && System.nanoTime() - end < 0)
      context.runNextEvent(SHORT_TICK);
  }

  private boolean isDone() {
    if (context.outcome.isAborted()) return true;
    boolean active = creates.unknown() + creates.inProgress() + generations.active() > 0;
    return !active && (creates.waiting() == 0 || context.outcome.isStopped());
  }

  /** Resumes a row where the journal ends. */
  private void resume(RowState state) {
    boolean hasVideo = state.hasVideo(context.folder);
    if (hasVideo && state.is(RowStage.SAVED)) {
      report.rowDone(state);
    } else if (hasVideo) {
      context.recordSaved(state);
    } else if (state.is(RowStage.CREATING)) {
      creates.addUnknown(state);
    } else if (state.isUnsent() || state.is(RowStage.FAILED) && context.settings.retryFailed()) {
      creates.add(state);
    } else if (state.is(RowStage.FAILED)) {
      context.finish(state, ExitCode.FAILED);
    } else {
      // the video is gone from the folder: download it again
      if (state.is(RowStage.SAVED))
        context.record(state, JournalEntry.of(state.row.name(), RowStage.COMPLETED, null));
      generations.await(state);
    }
  }

  // called by the client, on its own threads

  @Override
  public void onCreateRetry(String clientRequestId, ApiException cause) {
    context.execute(() -> creates.createRetried(clientRequestId, ErrorMessage.reason(cause)));
  }

  @Override
  public void onPollRetry(String generationId, Exception cause) {
    boolean rateLimited = cause instanceof ApiException e && e.status() == 429;
    if (rateLimited) context.execute(() -> creates.slowDown(ErrorMessage.reason(cause)));
  }

  @Override
  public void onWarning(String warning) {
    report.warn(warning);
  }
}
