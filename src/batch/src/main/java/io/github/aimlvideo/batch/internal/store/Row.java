package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowState;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row that one thread has read and may change; {@link RowTable#update} writes it. */
public final class Row {
  /** A server may send a whole page as its reason. */
  private static final int MAX_REASON = 500;

  public final String key;
  public final String name;
  long position;
  String model = "";
  String request = "";
  public String fingerprint = "";
  public String kind = "";
  public RowState state = RowState.NEW;
  public @Nullable String clientRequestId;
  public @Nullable String generationId;
  public @Nullable Cost cost;
  public int attempts;
  public @Nullable String reason;

  /** When the last create was sent, and when its generation ended; 0 if that has not happened. */
  public long sentAt;

  public long endedAt;

  /** How many milliseconds the logs were searched for the create, and when last. */
  public long searched;

  public long searchedAt;

  /** When to give up polling. */
  public long pollUntil;

  /** Whether no worker does anything for it until the next start. */
  public boolean suspended;

  public @Nullable String worker;

  /** Where the video is, or is about to be written. */
  public @Nullable String location;

  /** How often it was written. */
  int version;

  Row(String key, String name, long position) {
    this.key = key;
    this.name = name;
    this.position = position;
  }

  /** The key of a row: two names that differ in case would have one file. */
  public static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The name of its model. */
  public String model() {
    return model;
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

  /** The row will be created again. A file that is its video stays until there is a new one. */
  public void renew() {
    state = RowState.NEW;
    clientRequestId = null;
    generationId = null;
    cost = null;
    reason = null;
    sentAt = 0;
    endedAt = 0;
    searched = 0;
    searchedAt = 0;
    suspended = false;
    worker = null;
  }

  public void setReason(@Nullable String text) {
    reason = text == null ? null : shortened(text).replace('\0', ' '); // no text in PostgreSQL
  }

  private static String shortened(String text) {
    return text.length() > MAX_REASON ? text.substring(0, MAX_REASON) + "..." : text;
  }

  /** Whether its generation may run or its video is not saved yet. */
  public boolean isInProgress() {
    return state == RowState.CREATING || state == RowState.RUNNING || state == RowState.COMPLETED;
  }

  /** The row as a caller sees it. */
  public BatchRow view() {
    return new BatchRow(
        name,
        state,
        model,
        Optional.ofNullable(clientRequestId),
        Optional.ofNullable(generationId),
        Optional.ofNullable(cost),
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
