package io.github.aimlvideo.cli.batch;

import com.google.gson.Gson;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of the journal: a stage that a row reached, with its results. */
record JournalEntry(
    String row,
    RowStage stage,
    String at,
    @Nullable String request,
    @Nullable String clientRequestId,
    @Nullable String id,
    @Nullable BigDecimal creditsUsed,
    @Nullable String reason) {
  /** A server may send a whole page as its reason. */
  private static final int MAX_REASON = 500;

  private static final Gson GSON = new Gson();

  /** A create of the request is about to be sent. */
  static JournalEntry creating(String row, String request, String clientRequestId) {
    return new JournalEntry(
        row, RowStage.CREATING, now(), request, clientRequestId, null, null, null);
  }

  /** The server accepted the create; the cost is null if unknown. */
  static JournalEntry created(String row, String id, @Nullable BigDecimal creditsUsed) {
    return new JournalEntry(row, RowStage.CREATED, now(), null, null, id, creditsUsed, null);
  }

  /** A stage without results, or only with a reason. */
  static JournalEntry of(String row, RowStage stage, @Nullable String reason) {
    String shortened =
        reason != null && reason.length() > MAX_REASON
            ? reason.substring(0, MAX_REASON) + "..."
            : reason;
    return new JournalEntry(row, stage, now(), null, null, null, null, shortened);
  }

  private static String now() {
    return Instant.now().toString();
  }

  String toJson() {
    return GSON.toJson(this);
  }

  /** Null if the line is not an entry. */
  static @Nullable JournalEntry parse(String line) {
    try {
      JournalEntry entry = GSON.fromJson(line, JournalEntry.class);
      return entry == null || entry.row == null || entry.stage == null ? null : entry;
    } catch (RuntimeException e) { // any damage
      return null;
    }
  }
}
