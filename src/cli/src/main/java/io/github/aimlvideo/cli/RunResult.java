package io.github.aimlvideo.cli;

import com.google.gson.JsonObject;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of a run as {@code --json} prints it. Safe for several threads. */
final class RunResult {
  private final long startedAt = System.nanoTime();
  private @Nullable VideoGeneration generation;
  private @Nullable String clientRequestId;
  private @Nullable Path file;
  private int polls;
  private @Nullable RuntimeException failure;
  private @Nullable String message;

  synchronized void setGeneration(VideoGeneration last) {
    generation = last;
  }

  synchronized void countPoll() {
    polls++;
  }

  synchronized void setFile(Path saved) {
    file = saved;
  }

  synchronized void setFailure(RuntimeException e, @Nullable String words) {
    failure = e;
    message = words;
    if (!(e instanceof VideoException video)) return;
    video.generation().ifPresent(last -> generation = last);
    clientRequestId = video.clientRequestId().orElse(null);
  }

  synchronized Optional<String> generationId() {
    return Optional.ofNullable(generation).map(VideoGeneration::id);
  }

  double elapsedSeconds() {
    return (System.nanoTime() - startedAt) / 1e9;
  }

  /** One object, without what is unknown. */
  synchronized String toJson() {
    JsonObject json = new JsonObject();
    if (generation != null) {
      json.addProperty("id", generation.id());
      if (!generation.status().isEmpty()) json.addProperty("status", generation.status());
      generation.videoUrl().ifPresent(url -> json.addProperty("url", url));
    }
    if (file != null) json.addProperty("file", file.toString());
    if (generation != null)
      generation.creditsUsed().ifPresent(credits -> json.addProperty("creditsUsed", credits));
    json.addProperty(
        "elapsedSeconds", BigDecimal.valueOf(elapsedSeconds()).setScale(1, RoundingMode.HALF_UP));
    json.addProperty("polls", polls);
    if (generation != null)
      generation.clientRequestId().ifPresent(id -> json.addProperty("clientRequestId", id));
    if (clientRequestId != null) json.addProperty("clientRequestId", clientRequestId);
    if (failure != null) json.add("error", error(failure));
    return TerminalText.whole(json.toString());
  }

  private JsonObject error(RuntimeException failure) {
    JsonObject error = new JsonObject();
    error.addProperty("name", failure.getClass().getSimpleName().replaceFirst("Exception$", ""));
    error.addProperty("message", message);
    return error;
  }
}
