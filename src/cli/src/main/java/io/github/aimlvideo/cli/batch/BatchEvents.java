package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.batch.BatchListener;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports what the worker does, and takes its failures into account for the exit code. */
final class BatchEvents implements BatchListener {
  /** Another poll would get the same. */
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404);

  private final BatchRows rows;
  private final BatchReport report;
  private final BatchOutcome outcome;
  private volatile boolean ending;

  BatchEvents(BatchRows rows, BatchReport report, BatchOutcome outcome) {
    this.rows = rows;
    this.report = report;
    this.outcome = outcome;
  }

  /** From here on, failures are those of a client that was closed. */
  void end() {
    ending = true;
  }

  @Override
  public void onCreated(String name, String generationId) {
    report.print(name + ": generation " + generationId);
    report.statusLine().update(name, "running");
  }

  @Override
  public void onPolled(String name, String status) {
    report.statusLine().update(name, status);
  }

  @Override
  public void onRow(BatchRow row) {
    report.statusLine().end(row.name());
    if (rows.update(row)) report.rowDone(row.name());
  }

  @Override
  public void onSuspended(BatchRow row, @Nullable Throwable cause) {
    if (ending) return;
    report.statusLine().end(row.name());
    String reason = reason(row, cause);
    outcome.add(code(row, cause));
    if (rows.update(row)) {
      rows.suspend(row.name(), reason);
      report.rowDone(row.name());
    } else {
      report.print(row.name() + ": " + reason);
    }
  }

  private static String reason(BatchRow row, @Nullable Throwable cause) {
    String recorded = row.reason().orElse("");
    if (row.state() == RowState.CREATING || row.state() == RowState.UNKNOWN)
      return "unknown whether the create was accepted: " + recorded;
    if (cause == null || row.state() == RowState.RUNNING && !isRefusal(cause)) return recorded;
    return ErrorMessage.unescaped(cause);
  }

  private static int code(BatchRow row, @Nullable Throwable cause) {
    if (row.state() == RowState.RUNNING && (cause == null || !isRefusal(cause)))
      return ExitCode.STILL_RUNNING;
    return cause instanceof VideoException e ? ExitCode.of(e) : ExitCode.OTHER;
  }

  private static boolean isRefusal(Throwable cause) {
    return cause instanceof ApiException e && REFUSALS.contains(e.status());
  }

  @Override
  public void onPaused(Duration pause, String reason) {
    if (!ending) report.inform("pausing creates for " + pause.toSeconds() + " s: " + reason);
  }

  @Override
  public void onStopped(BatchStop stop, @Nullable Throwable cause) {
    outcome.add(
        switch (stop.reason()) {
          case KEY_REFUSED -> ExitCode.DENIED;
          case CREATES_REFUSED, UNREACHABLE, NO_SPACE -> ExitCode.OTHER;
          case REJECTED_FOR_TOO_LONG, CREDITS -> ExitCode.STILL_RUNNING;
        });
    boolean worded =
        switch (stop.reason()) {
          case KEY_REFUSED, CREATES_REFUSED, UNREACHABLE -> false;
          case REJECTED_FOR_TOO_LONG, CREDITS, NO_SPACE -> true;
        };
    String why = worded || cause == null ? stop.message() : ErrorMessage.unescaped(cause);
    report.print("aiml-video: stopped creating: " + why);
  }

  @Override
  public void onResubmitted(String name) {
    report.inform(name + ": resubmitted");
  }

  @Override
  public void onBoughtTwice(BatchRow row, String otherGenerationId) {
    String bought = row.generationId().map(id -> " beside " + id).orElse("");
    report.print(
        "warning: " + row.name() + " is bought twice: generation " + otherGenerationId + bought);
  }

  @Override
  public void onWarning(String message) {
    if (!ending) report.warn(message);
  }

  @Override
  public String describe(Throwable failure) {
    return ErrorMessage.reason(failure);
  }
}
