package io.github.aimlvideo.cli.studio;

import io.github.aimlvideo.batch.BatchListener;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.cli.ErrorMessage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is known of the rows beyond the database: what the worker tells, and what was asked for. */
final class WorkerEvents implements BatchListener {
  private final Consumer<String> print;
  private final Consumer<String> inform;
  private final Runnable onChange;
  private final Map<String, String> statuses = new ConcurrentHashMap<>();
  private final Map<String, String> ids = new ConcurrentHashMap<>();
  private final Map<String, String> otherIds = new ConcurrentHashMap<>();
  private final Set<String> suspended = ConcurrentHashMap.newKeySet();
  private final Set<String> requested = ConcurrentHashMap.newKeySet();
  private final Set<String> warnings = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String warning;
  private volatile @Nullable String stopped;

  /**
   * @param print prints ids and errors to the terminal
   * @param inform prints the rest there
   * @param onChange must not wait
   */
  WorkerEvents(Consumer<String> print, Consumer<String> inform, Runnable onChange) {
    this.print = print;
    this.inform = inform;
    this.onChange = onChange;
  }

  /** The status of a generation, as the server said it last. */
  Optional<String> status(String name) {
    return Optional.ofNullable(statuses.get(name));
  }

  /** The id of a generation, recorded or not. */
  Optional<String> id(BatchRow row) {
    return row.generationId().or(() -> Optional.ofNullable(ids.get(row.name())));
  }

  /** The id of a second generation that was bought for a row. */
  Optional<String> otherId(String name) {
    return Optional.ofNullable(otherIds.get(name));
  }

  /** Lets the worker create a new row; false if it may already. */
  boolean request(String name) {
    return requested.add(name);
  }

  /** Whether a person has asked for the next create of a row. */
  boolean isRequested(String name) {
    return requested.contains(name);
  }

  /** Whether a row waits until a person asks for its create, after a stop once more. */
  boolean isUnsent(BatchRow row) {
    return row.state() == RowState.NEW && (stopped != null || !isRequested(row.name()));
  }

  /** A row is removed, or is to be created again. */
  void forget(String name) {
    statuses.remove(name);
    ids.remove(name);
    requested.remove(name);
  }

  /** Whether the worker does no more for a row that has not ended. */
  boolean isSuspended(String name) {
    return suspended.contains(name);
  }

  /** All rows are about to be resumed; returns those that were suspended. */
  Set<String> endSuspensions() {
    Set<String> before = Set.copyOf(suspended);
    suspended.removeAll(before);
    return before;
  }

  /** They were not resumed after all. */
  void suspendAgain(Set<String> names) {
    suspended.addAll(names);
  }

  /** Why the worker sends no more creates. */
  Optional<String> stopped() {
    return Optional.ofNullable(stopped);
  }

  /** What the worker warned of last, until a row has ended. */
  Optional<String> warning() {
    return Optional.ofNullable(warning);
  }

  @Override
  public void onCreated(String name, String generationId) {
    ids.put(name, generationId);
    print.accept(name + ": generation " + generationId);
    statuses.remove(name); // of an earlier generation
    requested.remove(name);
    onChange.run();
  }

  @Override
  public void onPolled(String name, String status) {
    statuses.put(name, status);
    onChange.run();
  }

  @Override
  public void onRow(BatchRow row) {
    requested.remove(row.name());
    warning = null;
    onChange.run();
  }

  @Override
  public void onSuspended(BatchRow row, @Nullable Throwable cause) {
    requested.remove(row.name());
    suspended.add(row.name());
    onChange.run();
  }

  @Override
  public void onStopped(BatchStop stop, @Nullable Throwable cause) {
    boolean worded =
        switch (stop.reason()) {
          case KEY_REFUSED, CREATES_REFUSED, UNREACHABLE -> false;
          case REJECTED_FOR_TOO_LONG, CREDITS, NO_SPACE -> true;
        };
    stopped = worded || cause == null ? stop.message() : ErrorMessage.unescaped(cause);
    onChange.run();
  }

  /** What was refused is not sent with what a person asks for now. */
  @Override
  public void onResumed() {
    requested.clear();
    stopped = null;
    onChange.run();
  }

  @Override
  public void onBoughtTwice(BatchRow row, String otherGenerationId) {
    String bought = row.generationId().map(id -> " beside " + id).orElse("");
    print.accept(
        "warning: " + row.name() + " is bought twice: generation " + otherGenerationId + bought);
    otherIds.put(row.name(), otherGenerationId);
    onChange.run();
  }

  @Override
  public void onWarning(String message) {
    warning = message;
    if (warnings.add(message)) inform.accept("warning: " + message);
    onChange.run();
  }

  @Override
  public String describe(Throwable failure) {
    return ErrorMessage.reason(failure);
  }
}
