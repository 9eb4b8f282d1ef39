package io.github.aimlvideo.cli.generation;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.cli.DurationText;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.terminal.GenerationStatusLine;
import io.github.aimlvideo.cli.terminal.Progress;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Reports what happens to the generation of one command, and keeps it for the result. */
final class ProgressListener implements GenerationListener {
  private static final String SEARCHING = "searching the logs";

  private final Progress progress;
  private final boolean quiet;
  private final RunResult result;
  private final CountDownLatch created = new CountDownLatch(1);
  private volatile boolean known;
  private volatile GenerationStatusLine statusLine =
      new GenerationStatusLine("", "", System::nanoTime);

  ProgressListener(Progress progress, boolean quiet, RunResult result) {
    this.progress = progress;
    this.quiet = quiet;
    this.result = result;
  }

  /** Whether the server has told something of the generation. */
  boolean isKnown() {
    return known;
  }

  /** The server has the generation. */
  void onFound(VideoGeneration generation) {
    known = true;
    result.setGeneration(generation);
  }

  /** Waits until the id of a created generation is printed. */
  void awaitCreated() {
    try {
      created.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Prints the id, also if quiet. */
  void printId(String generationId) {
    progress.print("generation " + TerminalText.line(generationId));
  }

  /** Shows the progress of a search of the logs for a create. */
  void search(String clientRequestId) {
    result.setClientRequestId(clientRequestId);
    showProgress(clientRequestId, SEARCHING);
  }

  void onNotListed(Duration rest) {
    String time = DurationText.of(rest.truncatedTo(ChronoUnit.SECONDS));
    inform("the logs do not list it yet; " + SEARCHING + " for up to " + time);
  }

  void onSearchRetry(ApiException cause) {
    inform("search failed, retrying: " + ErrorMessage.reason(cause));
  }

  /** Shows the progress of a command. */
  void showProgress(String name, String status) {
    statusLine = new GenerationStatusLine(name, status, System::nanoTime);
    progress.show(statusLine::text);
  }

  /** Prints a line unless quiet. */
  void inform(String line) {
    if (!quiet) progress.print(TerminalText.line(line));
  }

  @Override
  public void onWarning(String warning) {
    inform("warning: " + warning);
  }

  @Override
  public void onCreated(VideoGeneration generation) {
    statusLine.startClock();
    statusLine.update("created", false);
    update(generation);
    printId(generation.id());
    if (!generation.status().isEmpty()) onStatusChanged(generation);
    created.countDown();
  }

  @Override
  public void onCreateRetry(String clientRequestId, ApiException cause) {
    inform("create failed, retrying: " + ErrorMessage.reason(cause));
  }

  @Override
  public void onOutcomeUnknown(String clientRequestId, CreateOutcomeUnknownException cause) {
    statusLine.update(SEARCHING, false);
    inform("response lost; " + SEARCHING + " for client request id " + clientRequestId);
  }

  @Override
  public void onPolled(VideoGeneration generation) {
    result.countPoll();
    update(generation);
  }

  private void update(VideoGeneration generation) {
    onFound(generation);
    boolean hasVideo = generation.isCompleted() && generation.videoUrl().isPresent();
    statusLine.update(generation.status(), hasVideo);
  }

  @Override
  public void onStatusChanged(VideoGeneration generation) {
    if (progress.isLive()) return;
    double elapsed = result.elapsedSeconds();
    inform(String.format(Locale.ROOT, "%5.1f s  %s", elapsed, generation.status()));
  }

  @Override
  public void onPollScheduled(
      VideoGeneration generation, Duration untilNextPoll, Duration expected) {
    statusLine.schedulePoll(untilNextPoll, expected);
  }

  @Override
  public void onPollRetry(String generationId, Exception cause) {
    result.countPoll();
    inform("poll failed, retrying: " + ErrorMessage.reason(cause));
  }
}
