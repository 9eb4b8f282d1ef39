package io.github.aimlvideo.cli.batch.journal;

import com.google.gson.Gson;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the journal: a stage that a row reached, with its results.
 *
 * @param at null until it is recorded
 * @param searched how many milliseconds the logs were searched for the create, in vain
 */
public record JournalEntry(
    String row,
    RowStage stage,
    @Nullable String at,
    @Nullable String request,
    @Nullable String clientRequestId,
    @Nullable String id,
    @Nullable BigDecimal creditsUsed,
    @Nullable String reason,
    @Nullable Long searched) {
  /** A server may send a whole page as its reason. */
  private static final int MAX_REASON = 500;

  private static final Gson GSON = new Gson();

  /** A create of the request is about to be sent. */
  public static JournalEntry creating(String row, String request, String clientRequestId) {
    return new JournalEntry(
        row, RowStage.CREATING, null, request, clientRequestId, null, null, null, null);
  }

  /** The server accepted the create; the cost is null if unknown. */
  public static JournalEntry created(String row, String id, @Nullable BigDecimal creditsUsed) {
    return new JournalEntry(row, RowStage.CREATED, null, null, null, id, creditsUsed, null, null);
  }

  /** A stage without results, or only with a reason. */
  public static JournalEntry of(String row, RowStage stage, @Nullable String reason) {
    String shortened =
        reason != null && reason.length() > MAX_REASON
            ? reason.substring(0, MAX_REASON) + "..."
            : reason;
    return new JournalEntry(row, stage, null, null, null, null, null, shortened, null);
  }

  /** This entry, recorded at this time. */
  public JournalEntry at(Instant time) {
    return new JournalEntry(
        row, stage, time.toString(), request, clientRequestId, id, creditsUsed, reason, searched);
  }

  /** This entry of a create that the logs did not have for so long. */
  public JournalEntry searched(Duration time) {
    return new JournalEntry(
        row, stage, at, request, clientRequestId, id, creditsUsed, reason, time.toMillis());
  }

  /** When it was recorded. */
  public Instant time() {
    return Instant.parse(Objects.requireNonNull(at, "at"));
  }

  public String toJson() {
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
