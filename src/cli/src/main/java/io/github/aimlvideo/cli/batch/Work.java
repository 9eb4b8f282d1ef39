package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of a batch work with: the journal, the report, and the events by which one thread
 * hears what the client's futures bring.
 */
final class Work {
  final Settings settings;
  final Path folder;
  final Budget budget;
  final Outcome outcome = new Outcome();
  private final Journal journal;
  private final Report report;
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

  Work(Settings settings, Path folder, Budget budget, Journal journal, Report report) {
    this.settings = settings;
    this.folder = folder;
    this.budget = budget;
    this.journal = journal;
    this.report = report;
  }

  /** Runs it on the thread of the batch, soon. */
  void soon(Runnable event) {
    events.add(event);
  }

  /** Runs it on the thread of the batch, later. */
  void later(Duration delay, Runnable event) {
    CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, events::add)
        .execute(event);
  }

  /** Runs it on the thread of the batch, when the future has ended. */
  <T> void after(CompletableFuture<T> future, BiConsumer<T, Throwable> event) {
    future.whenComplete(
        (result, failure) -> {
          boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
          soon(() -> event.accept(result, wrapped ? failure.getCause() : failure));
        });
  }

  /** Waits so long for something to happen. */
  void handleNext(Duration most) throws InterruptedException {
    Runnable event = events.poll(most.toNanos(), TimeUnit.NANOSECONDS);
    if (event != null) event.run();
  }

  /** What cannot be noted is told, an id above all, and ends the batch. */
  void note(RowState state, Entry entry) {
    state.apply(entry);
    try {
      journal.append(entry);
    } catch (IOException e) {
      if (entry.id() != null) report.print(entry.row() + ": generation " + entry.id());
      report.print("aiml-video: cannot note " + entry.toJson() + ": " + e.getMessage());
      outcome.breakOff();
    }
  }

  /** Whether there is room in the journal for so many rows; without it nothing more is sent. */
  boolean hasRoomFor(int rows) {
    try {
      journal.keepRoomFor(rows);
      return true;
    } catch (IOException e) {
      stop(ExitCode.OTHER, "nothing more is sent, the journal has no room: " + e.getMessage());
      return false;
    }
  }

  /** On standard error, also for who wants it quiet. */
  void print(String line) {
    report.print(line);
  }

  void say(String line) {
    report.say(line);
  }

  /** The row has its film. */
  void saved(RowState state) {
    note(state, Entry.of(state.row.name(), Step.SAVED, null));
    report.settled(state);
  }

  void failed(RowState state, @Nullable String reason) {
    note(state, Entry.of(state.row.name(), Step.FAILED, reason));
    settle(state, ExitCode.FAILED);
  }

  /** This run can do no more for the row; the next one may. */
  void hinder(RowState state, int code, @Nullable String why) {
    state.hindered(why);
    settle(state, code);
  }

  void settle(RowState state, int code) {
    outcome.add(code);
    report.settled(state);
  }

  /** Nothing more is sent; what is under way goes on. */
  void stop(int code, @Nullable String why) {
    if (outcome.stop(code)) report.print("aiml-video: " + why);
  }
}
