package io.github.aimlvideo.batch.internal;

import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row that one thread has read and may change; {@link RowTable#update} writes it. */
final class Row {
  /** A server may send a whole page as its reason. */
  private static final int MAX_REASON = 500;

  final String key;
  final String name;
  long position;
  String model = "";
  String request = "";
  String fingerprint = "";
  String kind = "";
  RowState state = RowState.NEW;
  @Nullable String clientRequestId;
  @Nullable String generationId;
  @Nullable BigDecimal creditsUsed;
  int attempts;
  @Nullable String reason;

  /** When the last create was sent, and when its generation ended; 0 if that has not happened. */
  long sentAt;

  long endedAt;

  /** How many milliseconds the logs were searched for the create, and when last. */
  long searched;

  long searchedAt;

  /** When to give up polling. */
  long pollUntil;

  /** Whether no worker does anything for it until the next start. */
  boolean suspended;

  @Nullable String worker;

  /** Where the video is, or is about to be written. */
  @Nullable String location;

  /** How often it was written. */
  int version;

  Row(String key, String name, long position) {
    this.key = key;
    this.name = name;
    this.position = position;
  }

  boolean isSameRequest(Row other) {
    return fingerprint.equals(other.fingerprint);
  }

  void setRequest(Row other) {
    model = other.model;
    request = other.request;
    fingerprint = other.fingerprint;
    kind = other.kind;
  }

  void setReason(@Nullable String text) {
    reason =
        text != null && text.length() > MAX_REASON ? text.substring(0, MAX_REASON) + "..." : text;
  }

  /** Whether its generation may run or its video is not saved yet. */
  boolean isInProgress() {
    return state == RowState.CREATING || state == RowState.RUNNING || state == RowState.COMPLETED;
  }

  /** The row as a caller sees it. */
  BatchRow view() {
    return new BatchRow(
        name,
        state,
        model,
        Optional.ofNullable(clientRequestId),
        Optional.ofNullable(generationId),
        Optional.ofNullable(creditsUsed),
        attempts,
        Optional.ofNullable(reason),
        Optional.ofNullable(location),
        time(sentAt),
        time(endedAt),
        Optional.ofNullable(worker));
  }

  private static Optional<Instant> time(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
