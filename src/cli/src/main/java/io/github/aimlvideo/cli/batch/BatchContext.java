package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.batch.journal.Journal;
import io.github.aimlvideo.cli.batch.journal.JournalEntry;
import io.github.aimlvideo.cli.batch.journal.RowStage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Shared by the parts of a batch: journal, report, and the queue of events that one thread runs
 * when futures of the client complete.
 */
final class BatchContext {
  final BatchSettings settings;
  final Path folder;
  final CreditBudget budget;
  final BatchClock clock;
  final BatchOutcome outcome = new BatchOutcome();
  private final Journal journal;
  private final BatchReport report;
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
  private volatile boolean reached;

  BatchContext(
      BatchSettings settings,
      Path folder,
      CreditBudget budget,
      BatchClock clock,
      Journal journal,
      BatchReport report) {
    this.settings = settings;
    this.folder = folder;
    this.budget = budget;
    this.clock = clock;
    this.journal = journal;
    this.report = report;
  }

  /** Runs an event on the thread of the batch. */
  void execute(Runnable event) {
    events.add(event);
  }

  /** Runs an event on the thread of the batch after a delay. */
  void schedule(Duration delay, Runnable event) {
    clock.schedule(() -> execute(event), delay);
  }

  /** Runs an event on the thread of the batch when the future completes. */
  <T> void whenComplete(CompletableFuture<T> future, BiConsumer<T, Throwable> event) {
    future.whenComplete(
        (result, failure) -> {
          boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
          Throwable cause = wrapped ? failure.getCause() : failure;
          if (failure == null || cause instanceof ApiException e && e.status() != 0) onResponse();
          execute(() -> event.accept(result, cause));
        });
  }

  /** The server has responded to a request. */
  void onResponse() {
    reached = true;
  }

  /** Whether a request failed like all others of this run, as none has reached the server. */
  boolean isUnreachable(@Nullable Throwable failure) {
    return !reached && failure instanceof ApiException e && e.status() == 0;
  }

  /** Waits for the next event, at most so long, and runs it. */
  void runNextEvent(Duration max) throws InterruptedException {
    Runnable event = events.poll(max.toNanos(), TimeUnit.NANOSECONDS);
    if (event != null) event.run();
  }

  /** Records a step. If the journal cannot be written, prints the step and ends the batch. */
  void record(RowState state, JournalEntry step) {
    Instant now = clock.instant();
    JournalEntry entry = step.at(now);
    state.apply(entry, now);
    try {
      journal.append(entry);
    } catch (IOException e) {
      if (entry.id() != null) report.print(entry.row() + ": generation " + entry.id());
      String reason = ErrorMessage.reason(e);
      report.print("aiml-video: cannot write the journal: " + reason + ": " + entry.toJson());
      outcome.abort();
    }
  }

  /** Reserves space in the journal for so many rows; without it, no more creates are sent. */
  boolean reserveJournal(int rows) {
    try {
      journal.reserve(rows);
      return true;
    } catch (IOException e) {
      stop(ExitCode.OTHER, "no space left for the journal: " + ErrorMessage.reason(e));
      return false;
    }
  }

  /** The progress line, for the states of generations. */
  BatchStatusLine statusLine() {
    return report.statusLine();
  }

  /** Prints to standard error, also if quiet. */
  void print(String line) {
    report.print(line);
  }

  void inform(String line) {
    report.inform(line);
  }

  /** The video of the row is saved. */
  void recordSaved(RowState state) {
    record(state, JournalEntry.of(state.row.name(), RowStage.SAVED, null));
    report.rowDone(state);
  }

  void recordFailed(RowState state, @Nullable String reason) {
    record(state, JournalEntry.of(state.row.name(), RowStage.FAILED, reason));
    finish(state, ExitCode.FAILED);
  }

  /** This run can do nothing more for the row; the next run may. */
  void giveUp(RowState state, int code, @Nullable String reason) {
    state.setReason(reason);
    finish(state, code);
  }

  void finish(RowState state, int code) {
    outcome.add(code);
    report.rowDone(state);
  }

  /** Sends no more creates; generations that were created run on. */
  void stop(int code, @Nullable String reason) {
    if (outcome.stop(code)) report.print("aiml-video: stopped creating: " + reason);
  }
}
