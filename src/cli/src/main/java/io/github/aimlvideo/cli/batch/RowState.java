package io.github.aimlvideo.cli.batch;

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

/** A row and how far it has come. */
final class RowState {
  final Row row;
  private @Nullable Step step;
  private @Nullable String request;
  private @Nullable String clientRequestId;
  private @Nullable String id;
  private @Nullable BigDecimal creditsUsed;
  private @Nullable String reason;
  private @Nullable Instant sentAt;
  private @Nullable Instant endedAt;

  /** Creates of which nobody knows what became of them; others were sent instead. */
  private final List<String> abandoned = new ArrayList<>();

  /** Nothing is known of it. */
  RowState(Row row) {
    this.row = row;
  }

  /** Takes a line of the journal. */
  void apply(Entry entry) {
    Step before = step;
    String last = clientRequestId;
    step = entry.step();
    reason = entry.reason();
    switch (entry.step()) {
      case SENDING -> {
        boolean another = last != null && !last.equals(entry.clientRequestId());
        if (before == Step.SENDING && another) abandoned.add(last);
        request = entry.request();
        clientRequestId = entry.clientRequestId();
        sentAt = Instant.parse(entry.at());
        id = null;
        creditsUsed = null;
        endedAt = null;
      }
      case CREATED -> {
        id = entry.id();
        creditsUsed = entry.creditsUsed();
      }
      case COMPLETED, FAILED -> endedAt = Instant.parse(entry.at());
      case UNSENT, SAVED -> {}
    }
  }

  /** Tells what was spent on it so far. */
  void charge(Budget budget) {
    abandoned.forEach(create -> budget.perhapsCreated(create, row.kind()));
    if (step != Step.CREATED && step != Step.COMPLETED && step != Step.SAVED) return;
    if (creditsUsed == null) budget.perhapsCreated(clientRequestId(), row.kind());
    else budget.created(clientRequestId(), row.kind(), creditsUsed);
  }

  /** What stands in its way now; the journal need not know. */
  void hindered(@Nullable String why) {
    reason = why;
  }

  boolean is(Step other) {
    return step == other;
  }

  /** Whether a create may be sent without anybody being asked. */
  boolean isUnsent() {
    return step == null || step == Step.UNSENT;
  }

  /** Why the row cannot be taken up as the manifest has it now. */
  Optional<String> fault(Path folder) {
    String place = "row " + row.number() + " (" + row.name() + "): ";
    if (!isUnsent() && step != Step.FAILED && !row.fingerprint().equals(request)) {
      return Optional.of(
          place + "another request of that name was sent before: give this one another name");
    }
    boolean foreign = step == null && Files.exists(folder.resolve(row.file()));
    return foreign
        ? Optional.of(place + row.file() + " is there and not of this batch: take another name")
        : Optional.empty();
  }

  /** Whether the film is in its place; it gets there whole, perhaps just before a kill. */
  boolean hasFilm(Path folder) {
    return (step == Step.SAVED || step == Step.COMPLETED)
        && Files.isRegularFile(folder.resolve(row.file()));
  }

  /** Of the generation, once it was created. */
  String id() {
    return Objects.requireNonNull(id, "id");
  }

  /** Of the last create, once that was noted. */
  String clientRequestId() {
    return Objects.requireNonNull(clientRequestId, "clientRequestId");
  }

  /** Since the create; zero if there was none. */
  Duration age(Instant now) {
    boolean unknown = sentAt == null || sentAt.isAfter(now); // a clock can be set back
    return unknown ? Duration.ZERO : Duration.between(sentAt, now);
  }

  RowResult result() {
    boolean took = sentAt != null && endedAt != null;
    return new RowResult(
        row.name(),
        step == null ? Step.UNSENT.status : step.status,
        row.picture(),
        row.prompt(),
        step == Step.SAVED ? row.file() : null,
        step == Step.FAILED ? null : creditsUsed,
        took ? Duration.between(sentAt, endedAt).toMillis() / 1e3 : null,
        id,
        clientRequestId,
        reason);
  }
}
