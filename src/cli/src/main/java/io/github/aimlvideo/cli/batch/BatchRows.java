package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowProblem;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.cli.batch.manifest.ManifestRow;
import io.github.aimlvideo.cli.batch.page.RowResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of the manifest, with their rows in the database. Safe for several threads. */
final class BatchRows {
  private final Path folder;
  private final boolean anyRow;
  private final boolean shared;
  private final Map<String, ManifestRow> manifest = new LinkedHashMap<>();
  private final Map<String, BatchRow> rows = new LinkedHashMap<>();

  /** Why a row is not done, in the words of this run. */
  private final Map<String, String> reasons = new LinkedHashMap<>();

  private final Set<String> suspended = new HashSet<>();

  private BatchRows(Path folder, boolean anyRow, boolean shared, Collection<ManifestRow> manifest) {
    this.folder = folder;
    this.anyRow = anyRow;
    this.shared = shared;
    manifest.forEach(row -> this.manifest.put(row.name(), row));
  }

  /**
   * The rows of a manifest.
   *
   * @param shared whether other workers save videos to other folders
   */
  static BatchRows of(Path folder, boolean shared, Collection<ManifestRow> manifest) {
    return new BatchRows(folder, false, shared, manifest);
  }

  /** All rows of a batch that other workers share. */
  static BatchRows ofAnyManifest(Path folder) {
    return new BatchRows(folder, true, true, List.of());
  }

  /** Whether other workers and programs have the batch too. */
  boolean isShared() {
    return shared;
  }

  /** The rows of the manifest. */
  Collection<ManifestRow> manifest() {
    return manifest.values();
  }

  /** Takes over all rows of the database; returns those that are not in the manifest. */
  List<BatchRow> read(List<BatchRow> all) {
    return all.stream().filter(row -> !update(row)).toList();
  }

  /** Takes over a row; false if it is not in the manifest. */
  synchronized boolean update(BatchRow row) {
    if (!anyRow && !manifest.containsKey(row.name())) return false;
    rows.put(row.name(), row);
    return true;
  }

  /** A row of the manifest, if the database has it. */
  synchronized Optional<BatchRow> find(String name) {
    return Optional.ofNullable(rows.get(name));
  }

  /** The state of a row of the manifest. */
  RowState state(String name) {
    return find(name).map(BatchRow::state).orElse(RowState.NEW);
  }

  /** The names of rows in a state, in the order of the manifest. */
  List<String> in(RowState state) {
    return manifest.keySet().stream().filter(name -> state(name) == state).toList();
  }

  /** Whether a run can do something else than to create rows. */
  boolean hasUnfinished() {
    return manifest.keySet().stream()
        .map(this::state)
        .anyMatch(
            state -> state != RowState.NEW && state != RowState.SAVED && state != RowState.FAILED);
  }

  /** The requests of the rows, in the order of the manifest, without some. */
  Map<String, VideoRequest> requests(Collection<String> without) {
    Map<String, VideoRequest> requests = new LinkedHashMap<>();
    manifest.forEach((name, row) -> requests.put(name, row.request()));
    requests.keySet().removeAll(without);
    return requests;
  }

  /** Names a row for a person: {@code row 2 (fox)}. */
  String place(String name) {
    ManifestRow row = manifest.get(name);
    return row == null ? "row " + name : "row " + row.number() + " (" + name + ")";
  }

  /**
   * Why rows do not fit the database or the folder.
   *
   * @param problems as the library found them, without changed rows
   */
  List<String> violations(Map<String, RowProblem> problems, boolean retryFailed) {
    List<String> violations = new ArrayList<>();
    for (ManifestRow row : manifest.values()) {
      violation(row, problems.get(row.name()), retryFailed)
          .ifPresent(violation -> violations.add(place(row.name()) + ": " + violation));
    }
    return violations;
  }

  private Optional<String> violation(
      ManifestRow row, @Nullable RowProblem problem, boolean retryFailed) {
    Optional<BatchRow> known = find(row.name());
    if (problem == RowProblem.FILE_EXISTS && known.isEmpty())
      return Optional.of(row.file() + " exists and is not from this batch; choose another name");
    if (problem == RowProblem.FILE_EXISTS || known.isPresent() && isTaken(known.get(), retryFailed))
      return Optional.of(row.file() + " is not from this batch; move it away");
    return Optional.ofNullable(problem).map(RowProblem::message);
  }

  /** Whether somebody else's file is where the row will write its video. */
  private boolean isTaken(BatchRow row, boolean retryFailed) {
    boolean writes =
        row.location().isEmpty()
            && row.state() != RowState.SAVED
            && (row.state() != RowState.FAILED || retryFailed);
    return writes && Files.exists(folder.resolve(row.name() + ".mp4"), LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether nothing is left to do for a row. */
  boolean isDone(String name) {
    RowState state = state(name);
    return state == RowState.FAILED || state == RowState.SAVED && (shared || hasVideo(name));
  }

  private boolean hasVideo(String name) {
    return Files.isRegularFile(folder.resolve(name + ".mp4"));
  }

  synchronized void setReason(String name, String reason) {
    reasons.put(name, reason);
  }

  /** This run can do no more for a row that has not ended. */
  synchronized void suspend(String name, String reason) {
    reasons.put(name, reason);
    suspended.add(name);
  }

  /** Whether the outcome of a create was and stays unknown. */
  synchronized boolean hasUnknown() {
    return in(RowState.UNKNOWN).stream().anyMatch(name -> !suspended.contains(name));
  }

  /** The results of all rows, in the order of the manifest. */
  List<RowResult> results() {
    return manifest.keySet().stream().map(this::result).toList();
  }

  /** The results of all rows as they are now, in the order of the manifest. */
  List<RowResult> results(List<BatchRow> now) {
    Map<String, BatchRow> known = new HashMap<>();
    now.forEach(row -> known.put(row.name(), row));
    return manifest.keySet().stream()
        .map(name -> result(name, Optional.ofNullable(known.get(name))))
        .toList();
  }

  /** The result of a row. */
  RowResult result(String name) {
    return result(name, find(name));
  }

  private synchronized RowResult result(String name, Optional<BatchRow> known) {
    ManifestRow row = manifest.get(name);
    RowState state = known.map(BatchRow::state).orElse(RowState.NEW);
    String reason = reasons.get(name);
    return new RowResult(
        name,
        status(state),
        row == null ? null : row.image(),
        row == null ? null : row.prompt(),
        known.filter(saved -> state == RowState.SAVED).map(this::file).orElse(null),
        known.filter(it -> state != RowState.FAILED).flatMap(BatchRow::cost).orElse(null),
        known.flatMap(BatchRow::elapsed).map(time -> time.toMillis() / 1e3).orElse(null),
        known.flatMap(BatchRow::generationId).orElse(null),
        known.flatMap(BatchRow::clientRequestId).orElse(null),
        reason == null ? known.flatMap(BatchRows::reason).orElse(null) : reason);
  }

  /** In the folder, or where another worker has saved it. */
  private String file(BatchRow row) {
    boolean elsewhere = shared && !hasVideo(row.name());
    return row.location().filter(location -> elsewhere).orElse(row.name() + ".mp4");
  }

  /** As results have it. */
  private static String status(RowState state) {
    return switch (state) {
      case NEW -> "unsent";
      case CREATING, UNKNOWN -> "unknown";
      case RUNNING, COMPLETED -> "running";
      case SAVED -> "completed";
      case FAILED -> "failed";
    };
  }

  private static Optional<String> reason(BatchRow row) {
    if (row.state() != RowState.UNKNOWN) return row.reason();
    return Optional.of(
        "unknown whether the create was accepted (client request id "
            + row.clientRequestId().orElse("")
            + "), it may be charged; to create it again, use --resubmit-unknown");
  }
}
