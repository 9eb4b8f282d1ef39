package io.github.aimlvideo.cli.batch;

import com.google.gson.Gson;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of the journal: a step of a row, and what it brought; null where it brought none. */
record Entry(
    String row,
    Step step,
    String at,
    @Nullable String request,
    @Nullable String clientRequestId,
    @Nullable String id,
    @Nullable BigDecimal creditsUsed,
    @Nullable String reason) {
  /** Reasons of servers can be whole pages. */
  private static final int LONGEST_REASON = 500;

  private static final Gson GSON = new Gson();

  /** A create of that request is about to be sent. */
  static Entry sending(String row, String request, String clientRequestId) {
    return new Entry(row, Step.SENDING, now(), request, clientRequestId, null, null, null);
  }

  /** The server named the id; the cost is null if it did not say. */
  static Entry created(String row, String id, @Nullable BigDecimal creditsUsed) {
    return new Entry(row, Step.CREATED, now(), null, null, id, creditsUsed, null);
  }

  /** A step that brought nothing, or only a reason. */
  static Entry of(String row, Step step, @Nullable String reason) {
    String shorter =
        reason != null && reason.length() > LONGEST_REASON
            ? reason.substring(0, LONGEST_REASON) + "..."
            : reason;
    return new Entry(row, step, now(), null, null, null, null, shorter);
  }

  private static String now() {
    return Instant.now().toString();
  }

  String toJson() {
    return GSON.toJson(this);
  }

  /** Null if it is none. */
  static @Nullable Entry parse(String line) {
    try {
      Entry entry = GSON.fromJson(line, Entry.class);
      return entry == null || entry.row == null || entry.step == null ? null : entry;
    } catch (RuntimeException e) { // whatever is there
      return null;
    }
  }
}
