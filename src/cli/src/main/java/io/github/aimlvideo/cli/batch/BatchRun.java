package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.batch.page.ResultsPage;
import io.github.aimlvideo.cli.batch.price.LimitHint;
import io.github.aimlvideo.cli.terminal.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One run of a batch, from the first line of its report to its exit code. */
final class BatchRun {
  private static final long PAGE_INTERVAL = 5_000;

  /** How many times as long as it takes to write the page it is left alone. */
  private static final int MIN_REST = 20;

  private final BatchSession session;
  private final BatchRows rows;
  private final BatchReport report;
  private final BatchOutcome outcome;
  private final Progress progress;

  BatchRun(
      BatchSession session,
      BatchRows rows,
      BatchReport report,
      BatchOutcome outcome,
      Progress progress) {
    this.session = session;
    this.rows = rows;
    this.report = report;
    this.outcome = outcome;
    this.progress = progress;
  }

  /** Returns the exit code; if the thread was interrupted, it is again. */
  int run(BatchOptions options, String title, List<String> arguments) {
    report.start();
    boolean interrupted = work(options, title);
    Optional<BatchSummary> summary = readResults(options);
    report.reportRest();
    int code = finish(options, title, arguments, summary, interrupted);
    if (interrupted) Thread.currentThread().interrupt();
    return interrupted ? ExitCode.INTERRUPTED : code;
  }

  private boolean work(BatchOptions options, String title) {
    ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "batch-report");
              thread.setDaemon(true);
              return thread;
            });
    try {
      if (progress.isLive()) ticker.scheduleWithFixedDelay(this::tick, 0, 1, TimeUnit.SECONDS);
      ticker.schedule(() -> writePage(ticker, title), PAGE_INTERVAL, TimeUnit.MILLISECONDS);
      return session.run(true);
    } catch (BatchException e) {
      failed(e, options);
      return Thread.interrupted();
    } finally {
      ticker.shutdownNow();
    }
  }

  private void tick() {
    try {
      report.show(session.batch.summary());
    } catch (BatchException e) {
      // the worker tells it
    }
  }

  /** Writes the page, and again later: when it took long, much later. */
  private void writePage(ScheduledExecutorService ticker, String title) {
    long begin = System.nanoTime();
    try {
      report.writePage(title, session.batch.rows());
    } catch (BatchException | IOException e) {
      // told at the end, if it fails then too
    }
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    if (!ticker.isShutdown())
      ticker.schedule(
          () -> writePage(ticker, title),
          Math.max(PAGE_INTERVAL, took * MIN_REST),
          TimeUnit.MILLISECONDS);
  }

  private void failed(BatchException e, BatchOptions options) {
    report.print("aiml-video: " + DatabaseError.place(e, options.database()));
    outcome.add(ExitCode.OTHER);
  }

  /** Takes over how the rows ended; empty if the database fails. */
  private Optional<BatchSummary> readResults(BatchOptions options) {
    Optional<BatchSummary> summary = Optional.empty();
    try {
      rows.read(session.batch.rows());
      summary = Optional.of(session.batch.summary());
    } catch (BatchException e) {
      failed(e, options);
    }
    if (!rows.in(RowState.FAILED).isEmpty()) outcome.add(ExitCode.FAILED);
    if (rows.hasUnknown()) outcome.add(ExitCode.UNKNOWN);
    if (!rows.in(RowState.NEW).isEmpty()) outcome.add(ExitCode.STILL_RUNNING);
    return summary;
  }

  /**
   * Writes the results, then prints the command that resumes; the other way round if interrupted.
   */
  private int finish(
      BatchOptions options,
      String title,
      List<String> arguments,
      Optional<BatchSummary> summary,
      boolean interrupted) {
    report.inform(report.counts());
    summary.ifPresent(it -> options.budget().excess(it.cost()).ifPresent(report::print));
    if (interrupted) progress.print(options.resumeHint(arguments));
    try {
      report.write(title);
      if (!interrupted) report.inform(options.folder().resolve(ResultsPage.FILE).toString());
    } catch (IOException e) {
      report.print("aiml-video: cannot write the results: " + ErrorMessage.reason(e));
      outcome.add(ExitCode.OTHER);
    }
    int code = outcome.exitCode();
    if (!rows.in(RowState.FAILED).isEmpty() && code == ExitCode.FAILED)
      report.inform("to create failed rows again, add --retry-failed");
    if (code > ExitCode.FAILED && !interrupted) progress.print(hint(options, arguments, summary));
    return code;
  }

  private String[] hint(
      BatchOptions options, List<String> arguments, Optional<BatchSummary> summary) {
    boolean limited =
        summary
            .flatMap(BatchSummary::stopped)
            .filter(stop -> stop.reason() == BatchStop.Reason.CREDITS)
            .isPresent();
    int toCreate = rows.in(RowState.NEW).size();
    if (!limited || toCreate == 0 || rows.hasUnfinished()) return options.resumeHint(arguments);
    return LimitHint.of(options.shown(arguments), toCreate, session.batch.creditsForNewRows());
  }
}
