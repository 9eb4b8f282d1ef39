package io.github.aimlvideo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds a create in the vendor's logs by its client request id: the newest calls first, page by
 * page.
 */
final class LogLookup {
  private static final int ROWS = 100;

  /** A thousand calls of one day; the server allows 200 looks a minute. */
  private static final int PAGES = 10;

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Api api;

  LogLookup(Api api) {
    this.api = api;
  }

  /**
   * Ends with the generation id, or empty if the logs do not have it (yet), or fails with an {@link
   * ApiException}.
   */
  CompletableFuture<Optional<String>> find(String clientRequestId) {
    CompletableFuture<Optional<String>> found = new CompletableFuture<>();
    page(clientRequestId, 0, found);
    return found;
  }

  private void page(String clientRequestId, int page, CompletableFuture<Optional<String>> found) {
    api.logs(ROWS, page * ROWS, LIMIT)
        .answer
        .whenComplete(
            (answer, failure) -> {
              try {
                JsonObject rows = rows(clientRequestId, answer, failure);
                Optional<String> id = idOf(clientRequestId, rows);
                if (id.isEmpty() && hasMore(rows) && page + 1 < PAGES) {
                  page(clientRequestId, page + 1, found);
                } else {
                  found.complete(id);
                }
              } catch (RuntimeException e) {
                found.completeExceptionally(e);
              }
            });
  }

  private static JsonObject rows(String clientRequestId, HttpAnswer answer, Throwable failure) {
    if (failure != null)
      throw ApiException.failed("the look into the logs", null, clientRequestId, failure);
    if (!answer.isSuccess()) throw ApiException.refused(answer, null, clientRequestId);
    try {
      if (JsonParser.parseString(answer.body()) instanceof JsonObject object) return object;
    } catch (JsonParseException e) {
      throw ApiException.failed("the look into the logs", null, clientRequestId, e);
    }
    return new JsonObject();
  }

  private static Optional<String> idOf(String clientRequestId, JsonObject rows) {
    if (rows.get("data") == null || !rows.get("data").isJsonArray()) return Optional.empty();
    for (JsonElement row : rows.getAsJsonArray("data")) {
      if (row instanceof JsonObject call
          && VideoGeneration.string(call, "client_request_id")
              .filter(clientRequestId::equals)
              .isPresent()) {
        return VideoGeneration.string(call, "inference_id");
      }
    }
    return Optional.empty();
  }

  private static boolean hasMore(JsonObject rows) {
    return rows.get("pagination") instanceof JsonObject pagination
        && VideoGeneration.string(pagination, "has_more").filter("true"::equals).isPresent();
  }
}
