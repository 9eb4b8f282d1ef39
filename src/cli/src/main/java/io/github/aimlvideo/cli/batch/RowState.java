package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.batch.journal.JournalEntry;
import io.github.aimlvideo.cli.batch.journal.RowStage;
import io.github.aimlvideo.cli.batch.manifest.ManifestRow;
import io.github.aimlvideo.cli.batch.page.RowResult;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row and the stage that it has reached. */
final class RowState {
  final ManifestRow row;
  private @Nullable RowStage stage;
  private @Nullable String request;
  private @Nullable String clientRequestId;
  private @Nullable String id;
  private @Nullable BigDecimal creditsUsed;
  private @Nullable String reason;
  private @Nullable Instant sentAt;
  private @Nullable Instant endedAt;

  /** When this run sent the create or read of it, and how long the logs had been searched then. */
  private @Nullable Instant searchedFrom;

  private Duration searchedBefore = Duration.ZERO;

  /** Creates with an unknown outcome that were resubmitted. */
  private final List<String> resubmitted = new ArrayList<>();

  /** A row that the journal does not have. */
  RowState(ManifestRow row) {
    this.row = row;
  }

  /**
   * Applies an entry of the journal.
   *
   * @param now by the clock of this run, which the entry may not be from
   */
  void apply(JournalEntry entry, Instant now) {
    RowStage before = stage;
    String last = clientRequestId;
    stage = entry.stage();
    reason = entry.reason();
    switch (entry.stage()) {
      case CREATING -> {
        boolean another = last != null && !last.equals(entry.clientRequestId());
        if (before == RowStage.CREATING && another) resubmitted.add(last);
        request = entry.request();
        clientRequestId = entry.clientRequestId();
        if (entry.searched() == null) sentAt = entry.time();
        searchedFrom = now;
        searchedBefore = Duration.ofMillis(Objects.requireNonNullElse(entry.searched(), 0L));
        id = null;
        creditsUsed = null;
        endedAt = null;
      }
      case CREATED -> {
        id = entry.id();
        creditsUsed = entry.creditsUsed();
      }
      case COMPLETED, FAILED -> endedAt = entry.time();
      case UNSENT, SAVED -> {}
    }
  }

  /** The entry of the last create; only after it was recorded. */
  JournalEntry creating() {
    return JournalEntry.creating(row.name(), row.fingerprint(), clientRequestId());
  }

  /** Adds the costs of the row to the budget. */
  void charge(CreditBudget budget) {
    resubmitted.forEach(create -> budget.possiblyCreated(create, row.kind()));
    if (isUnsent() || clientRequestId == null) return;
    budget.created(clientRequestId, row.kind(), creditsUsed);
    if (stage == RowStage.FAILED) budget.notCharged(clientRequestId); // but the price is known
  }

  /** Why this run is not done with the row; not in the journal. */
  void setReason(@Nullable String newReason) {
    reason = newReason;
  }

  boolean is(RowStage other) {
    return stage == other;
  }

  /** Whether a create can be sent without the risk of a second one. */
  boolean isUnsent() {
    return stage == null || stage == RowStage.UNSENT;
  }

  /** Why the row of the manifest does not fit the journal or the folder. */
  Optional<String> violation(Path folder) {
    String place = "row " + row.number() + " (" + row.name() + "): ";
    if (!isUnsent() && stage != RowStage.FAILED && !row.fingerprint().equals(request)) {
      return Optional.of(
          place
              + "another request was sent under this name; undo the change to keep its video,"
              + " or choose another name to make a new one");
    }
    boolean notOurs = stage == null && Files.exists(folder.resolve(row.file()));
    return notOurs
        ? Optional.of(
            place + row.file() + " exists and is not from this batch; choose another name")
        : Optional.empty();
  }

  /** Whether the video is in its file; files appear only when they are whole. */
  boolean hasVideo(Path folder) {
    return (stage == RowStage.SAVED || stage == RowStage.COMPLETED)
        && Files.isRegularFile(folder.resolve(row.file()));
  }

  /** The id of the generation; only after it was created. */
  String id() {
    return Objects.requireNonNull(id, "id");
  }

  /** The client request id of the last create; only after it was recorded. */
  String clientRequestId() {
    return Objects.requireNonNull(clientRequestId, "clientRequestId");
  }

  /**
   * How long the logs were searched for the create, in this run and earlier ones. The time between
   * runs does not count, as the system's clock may have been set.
   */
  Duration searched(Instant now) {
    Instant from = Objects.requireNonNull(searchedFrom, "searchedFrom");
    return searchedBefore.plus(Duration.between(from, now));
  }

  RowResult result() {
    // the system's clock may have been set back between two runs
    boolean timed = sentAt != null && endedAt != null && !endedAt.isBefore(sentAt);
    return new RowResult(
        row.name(),
        stage == null ? RowStage.UNSENT.status : stage.status,
        row.image(),
        row.prompt(),
        stage == RowStage.SAVED ? row.file() : null,
        stage == RowStage.FAILED ? null : creditsUsed,
        timed ? Duration.between(sentAt, endedAt).toMillis() / 1e3 : null,
        id,
        clientRequestId,
        reason);
  }
}
