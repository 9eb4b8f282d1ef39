package io.github.aimlvideo.cli.batch;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a row: on standard output, in results.jsonl and on the page. What is not known
 * is null.
 *
 * @param status completed, failed, running, unknown or unsent
 * @param picture a link, a data URI or the absolute path of a file
 * @param file the film's name in the folder of the batch
 * @param reason why it failed, or what stands in the way
 */
record RowResult(
    String name,
    String status,
    @Nullable String picture,
    @Nullable String prompt,
    @Nullable String file,
    @Nullable BigDecimal creditsUsed,
    @Nullable Double elapsedSeconds,
    @Nullable String id,
    @Nullable String clientRequestId,
    @Nullable String reason) {

  /** {@code NAME STATUS FILE}, the file as seen from where the command runs. */
  String toLine(Path folder) {
    return name + " " + status + (file == null ? "" : " " + folder.resolve(file));
  }

  /** One object, with the names of a single run; what is not known is left out. */
  String toJson(Path folder) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    add(json, "id", id);
    json.addProperty("status", status);
    add(json, "file", file == null ? null : folder.resolve(file).toString());
    if (creditsUsed != null) json.addProperty("creditsUsed", creditsUsed);
    if (elapsedSeconds != null) json.addProperty("elapsedSeconds", elapsedSeconds);
    add(json, "clientRequestId", clientRequestId);
    if (reason != null) {
      JsonObject error = new JsonObject();
      error.addProperty("message", reason);
      json.add("error", error);
    }
    return json.toString();
  }

  private static void add(JsonObject json, String name, @Nullable String value) {
    if (value != null) json.addProperty(name, value);
  }
}
