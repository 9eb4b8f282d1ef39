package io.github.aimlvideo.cli.studio;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.cli.account.PriceText;
import io.github.aimlvideo.cli.studio.OpenRows.Settings;
import io.github.aimlvideo.cli.studio.http.FileResponse;
import io.github.aimlvideo.cli.studio.http.HttpFailure;
import io.github.aimlvideo.cli.studio.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of the folder as the page shows them. */
final class GenerationList {
  private final Settings settings;

  GenerationList(Settings settings) {
    this.settings = settings;
  }

  /**
   * All rows, the oldest first; {@code active} tells that some are under way.
   *
   * @param open the same rows with their worker, if they are open
   */
  JsonObject toJson(List<BatchRow> rows, @Nullable OpenRows open) {
    Map<String, List<Duration>> times =
        rows.stream()
            .filter(row -> row.state() == RowState.SAVED && row.elapsed().isPresent())
            .collect(
                Collectors.groupingBy(
                    BatchRow::model,
                    Collectors.mapping(row -> row.elapsed().get(), Collectors.toList())));
    times.values().forEach(Collections::sort);
    JsonArray generations = new JsonArray();
    boolean active = false;
    for (BatchRow row : rows) {
      JsonObject generation = toJson(row, median(times.getOrDefault(row.model(), List.of())));
      if (open != null) addEvents(generation, row, open);
      generations.add(generation);
      boolean waits = row.state().isEnd() || generation.has("unsent");
      active |= !waits || generation.has("searching");
    }
    JsonObject json = new JsonObject();
    json.add("generations", generations);
    if (active && settings.hasKey()) json.addProperty("active", true);
    return json;
  }

  /** What is not in the database. */
  private static void addEvents(JsonObject json, BatchRow row, OpenRows open) {
    WorkerEvents events = open.events;
    String name = row.name();
    events.id(row).ifPresent(it -> json.addProperty("id", it));
    events.otherId(name).ifPresent(it -> json.addProperty("otherId", it));
    if (events.isUnsent(row)) json.addProperty("unsent", true);
    boolean isCreate = row.state() == RowState.CREATING || row.state() == RowState.UNKNOWN;
    if (isCreate && open.batch.isSearching(name)) json.addProperty("searching", true);
    if (row.state().isEnd()) return;
    events.status(name).ifPresent(it -> json.addProperty("status", it));
    if (events.isSuspended(name)) json.addProperty("suspended", true);
  }

  private JsonObject toJson(BatchRow row, Optional<Duration> expected) {
    JsonObject json = new JsonObject();
    json.addProperty("name", row.name());
    json.addProperty("model", row.model());
    json.addProperty("state", row.state().name());
    json.addProperty("attempts", row.attempts());
    row.sentAt().ifPresent(at -> json.addProperty("sentAt", at.toEpochMilli()));
    row.endedAt().ifPresent(at -> json.addProperty("endedAt", at.toEpochMilli()));
    expected.ifPresent(time -> json.addProperty("expectedSeconds", time.toSeconds()));
    row.cost().ifPresent(cost -> json.addProperty("cost", PriceText.of(cost.usd())));
    row.reason().ifPresent(reason -> json.addProperty("reason", reason));
    row.generationId().ifPresent(id -> json.addProperty("id", id));
    json.addProperty("hasRequest", hasRequest(row.name()));
    json.addProperty("hasVideo", hasVideo(row));
    return json;
  }

  /** The video of a row. */
  Response video(BatchRow row, boolean asFile) {
    if (!hasVideo(row)) throw new HttpFailure(404, "the video of " + row.name() + " is not there");
    Path file = settings.folder().video(row.name());
    return new FileResponse(file, "video/mp4", asFile ? row.name() + ".mp4" : null);
  }

  /** The image that a person knows a row by. */
  Response image(BatchRow row) throws IOException {
    Image image =
        request(row)
            .poster()
            .orElseThrow(() -> new HttpFailure(404, row.name() + " has only images with a URL"));
    try (InputStream in = image.open()) {
      return Response.bytes(image.mediaType().orElseThrow(), in.readAllBytes()).immutable();
    }
  }

  /** The request of a row, with its images. */
  ArchiveReader request(BatchRow row) {
    return settings.folder().read(row.name());
  }

  /** Whether the request of a row is there. */
  boolean hasRequest(String name) {
    return GenerationFolder.isFile(settings.folder().archive(name));
  }

  /** Whether the video is saved, and still there. */
  boolean hasVideo(BatchRow row) {
    return row.state() == RowState.SAVED
        && GenerationFolder.isFile(settings.folder().video(row.name()));
  }

  private static Optional<Duration> median(List<Duration> sorted) {
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
  }
}
