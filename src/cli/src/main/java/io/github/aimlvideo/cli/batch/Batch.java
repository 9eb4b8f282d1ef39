package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.batch.journal.JournalEntry;
import io.github.aimlvideo.cli.batch.journal.RowStage;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

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
    report.start(creates.waiting());
    report.showStates(states());
    while (!isDone()) {
      creates.createMore();
      generations.downloadMore();
      report.showStates(states());
      context.runNextEvent(TICK);
    }
    if (context.outcome.isAborted()) shutDown();
  }

  /** The states of rows beside those whose generations run, in the order that a row has them. */
  private Map<String, Integer> states() {
    Map<String, Integer> states = new LinkedHashMap<>();
    states.put("waiting", creates.waiting());
    states.put("creating", creates.inProgress());
    states.put("searched for", creates.unknown());
    states.put("downloading", generations.active() - generations.polling());
    return states;
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
  public void onPolled(VideoGeneration generation) {
    context.onResponse();
    report.statusLine().update(generation.id(), generation.status());
  }

  @Override
  public void onCreateRetry(String clientRequestId, ApiException cause) {
    if (cause.status() != 0) context.onResponse();
    context.execute(() -> creates.createRetried(clientRequestId, ErrorMessage.reason(cause)));
  }

  @Override
  public void onPollRetry(String generationId, Exception cause) {
    int status = cause instanceof ApiException e ? e.status() : 0;
    String reason = ErrorMessage.reason(cause);
    if (status == 429) context.execute(() -> creates.slowDown(reason));
    if (status == 0) report.warn("polls fail and are retried: " + reason);
  }

  @Override
  public void onWarning(String warning) {
    report.warn(warning);
  }
}
