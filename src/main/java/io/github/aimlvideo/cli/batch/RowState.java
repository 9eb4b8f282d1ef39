package io.github.aimlvideo.cli.batch;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A row and how far it has come. */
final class RowState {
  final Row row;
  private Step step;
  private String request;
  private String clientRequestId;
  private String id;
  private BigDecimal creditsUsed;
  private String reason;
  private Instant sentAt;
  private Instant endedAt;

  /** Nothing is known of it. */
  RowState(Row row) {
    this.row = row;
  }

  /** Takes a line of the journal. */
  void apply(Entry entry) {
    step = entry.step();
    reason = entry.reason();
    switch (step) {
      case SENDING -> {
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

  /** What stands in its way now; the journal need not know. */
  void hindered(String why) {
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

  String id() {
    return id;
  }

  String clientRequestId() {
    return clientRequestId;
  }

  BigDecimal creditsUsed() {
    return creditsUsed;
  }

  /** Since the create; zero if there was none. */
  Duration age(Instant now) {
    return sentAt == null ? Duration.ZERO : Duration.between(sentAt, now);
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
