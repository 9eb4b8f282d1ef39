package io.github.aimlvideo.cli.generation;

import com.google.gson.JsonObject;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.catalog.Quote;
import io.github.aimlvideo.cli.ErrorJson;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of a run as {@code --json} prints it. Safe for several threads. */
public final class RunResult {
  private final long startedAt = System.nanoTime();
  private @Nullable VideoGeneration generation;
  private @Nullable String clientRequestId;
  private @Nullable Path file;
  private @Nullable Quote quote;
  private @Nullable DryRun dryRun;
  private int polls;
  private @Nullable RuntimeException failure;
  private @Nullable String message;

  synchronized void setGeneration(VideoGeneration last) {
    generation = last;
  }

  synchronized void setClientRequestId(String id) {
    clientRequestId = id;
  }

  synchronized void countPoll() {
    polls++;
  }

  synchronized void setFile(Path saved) {
    file = saved;
  }

  public synchronized void setFailure(RuntimeException e, @Nullable String words) {
    failure = e;
    message = words;
    if (!(e instanceof VideoException video)) return;
    video.generation().ifPresent(last -> generation = last);
    clientRequestId = video.clientRequestId().orElse(clientRequestId);
  }

  synchronized Optional<String> generationId() {
    return Optional.ofNullable(generation).map(VideoGeneration::id);
  }

  synchronized void setQuote(Quote price) {
    quote = price;
  }

  synchronized void setDryRun(DryRun checked) {
    dryRun = checked;
  }

  /** What the create cost, as far as it is known; one that failed is not charged. */
  synchronized Optional<Cost> cost() {
    return Optional.ofNullable(generation)
        .filter(last -> !last.isFailed())
        .flatMap(VideoGeneration::cost);
  }

  double elapsedSeconds() {
    return (System.nanoTime() - startedAt) / 1e9;
  }

  /** One object, without what is unknown. */
  public synchronized String toJson() {
    JsonObject json = dryRun == null ? new JsonObject() : dryRun.toJson();
    if (generation != null) {
      json.addProperty("id", generation.id());
      if (!generation.status().isEmpty()) json.addProperty("status", generation.status());
      generation.videoUrl().ifPresent(url -> json.addProperty("url", url));
    }
    if (file != null) json.addProperty("file", file.toString());
    cost()
        .ifPresent(
            cost -> {
              json.addProperty("creditsUsed", cost.credits());
              json.addProperty("usdSpent", cost.usd());
            });
    if (quote != null) json.add("quote", QuoteJson.of(quote));
    if (dryRun == null) {
      double seconds = elapsedSeconds();
      json.addProperty(
          "elapsedSeconds", BigDecimal.valueOf(seconds).setScale(1, RoundingMode.HALF_UP));
      json.addProperty("polls", polls);
    }
    if (generation != null)
      generation.clientRequestId().ifPresent(id -> json.addProperty("clientRequestId", id));
    if (clientRequestId != null) json.addProperty("clientRequestId", clientRequestId);
    if (failure != null) json.add("error", ErrorJson.of(failure, message));
    return TerminalText.whole(json.toString());
  }
}
