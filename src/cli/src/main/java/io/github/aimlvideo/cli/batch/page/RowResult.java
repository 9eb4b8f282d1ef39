package io.github.aimlvideo.cli.batch.page;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The result of a row on standard output, in results.jsonl and on the page; null for what is
 * unknown.
 *
 * @param status completed, failed, running, unknown or unsent
 * @param image URL, data URI or the absolute path of a file
 * @param file name of the video in the folder of the batch
 * @param reason why it failed or is not done
 */
public record RowResult(
    String name,
    String status,
    @Nullable String image,
    @Nullable String prompt,
    @Nullable String file,
    @Nullable Cost cost,
    @Nullable Double elapsedSeconds,
    @Nullable String id,
    @Nullable String clientRequestId,
    @Nullable String reason) {
  private static final Set<String> NAMES =
      Set.of(
          "name",
          "id",
          "status",
          "file",
          "creditsUsed",
          "usdSpent",
          "elapsedSeconds",
          "clientRequestId",
          "error");

  /** {@code NAME STATUS FILE}, the file relative to the current folder. */
  public String toLine(Path folder) {
    return name + " " + status + (file == null ? "" : " " + folder.resolve(file));
  }

  /** One object with the names that {@code generate --json} has, without what is unknown. */
  public String toJson(Path folder) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    add(json, "id", id);
    json.addProperty("status", status);
    add(json, "file", file == null ? null : folder.resolve(file).toString());
    if (cost != null) {
      json.addProperty("creditsUsed", cost.credits());
      json.addProperty("usdSpent", cost.usd());
    }
    if (elapsedSeconds != null) json.addProperty("elapsedSeconds", elapsedSeconds);
    add(json, "clientRequestId", clientRequestId);
    if (reason != null) {
      JsonObject error = new JsonObject();
      error.addProperty("message", reason);
      json.add("error", error);
    }
    return TerminalText.whole(json.toString());
  }

  /** The cost of all rows, {@code at least} so much if one is unknown; empty if all are. */
  public static Optional<String> cost(List<RowResult> rows, Function<Cost, String> format) {
    List<Cost> known = rows.stream().map(RowResult::cost).filter(Objects::nonNull).toList();
    if (known.isEmpty()) return Optional.empty();
    boolean all = rows.stream().noneMatch(row -> row.cost == null && row.mayBeCharged());
    String sum = format.apply(known.stream().reduce(Cost.ZERO, Cost::plus));
    return Optional.of(all ? sum : "at least " + sum);
  }

  private boolean mayBeCharged() {
    RowStatus known = RowStatus.of(this);
    return known != RowStatus.FAILED && known != RowStatus.UNSENT;
  }

  /** Whether a line is one that {@link #toJson} has made. */
  public static boolean isJson(String line) {
    try {
      return JsonParser.parseString(line) instanceof JsonObject json
          && json.has("name")
          && json.has("status")
          && NAMES.containsAll(json.keySet());
    } catch (JsonParseException e) {
      return false;
    }
  }

  private static void add(JsonObject json, String name, @Nullable String value) {
    if (value != null) json.addProperty(name, value);
  }
}
