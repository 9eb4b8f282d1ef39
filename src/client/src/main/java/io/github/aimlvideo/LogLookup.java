package io.github.aimlvideo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds creates in the vendor's logs by their client request ids: the newest calls first, page by
 * page. One pass serves all that wait for it, as the server allows 200 looks a minute.
 */
final class LogLookup {
  private static final int ROWS = 100;

  /** The server allows 200 looks a minute. */
  private static final Duration BETWEEN_PAGES = Duration.ofMillis(300);

  /** Ten thousand calls of one day. */
  private static final int PAGES = 100;

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Api api;
  private final RetryPolicy retries;
  private final Timer timer;
  private Map<String, CompletableFuture<Optional<String>>> waiting = new HashMap<>();
  private @Nullable Pass passing;
  private boolean closed;

  LogLookup(Api api, RetryPolicy retries, Timer timer) {
    this.api = api;
    this.retries = retries;
    this.timer = timer;
  }

  /** Ends with the generation id, or empty if the logs do not have it (yet), or fails. */
  synchronized CompletableFuture<Optional<String>> find(String clientRequestId) {
    var found = waiting.computeIfAbsent(clientRequestId, id -> new CompletableFuture<>());
    if (closed) close();
    else if (passing == null) pass();
    return found.copy();
  }

  /** Who comes while a pass goes on waits for the next, as the page may be one that is done. */
  private synchronized void pass() {
    passing = waiting.isEmpty() || closed ? null : new Pass(waiting);
    if (passing == null) return;
    waiting = new HashMap<>();
    Pass next = passing;
    next.endOnFailure(() -> page(next));
  }

  /** Fails everything that waits. */
  synchronized void close() {
    closed = true;
    Pass last = passing == null ? new Pass(waiting) : passing;
    last.wanted.putAll(waiting);
    waiting = new HashMap<>();
    last.end(found -> found.completeExceptionally(new IOException("the client was closed")));
  }

  private void page(Pass pass) {
    api.logs(ROWS, pass.page * ROWS, LIMIT)
        .answer
        .whenComplete(
            (answer, failure) ->
                pass.endOnFailure(
                    () -> {
                      if (failure == null) read(pass, answer);
                      else pageAgain(pass, unreadable(failure), Duration.ZERO);
                    }));
  }

  /** Reads a page, and goes on unless everything is found or there is no more. */
  private void read(Pass pass, HttpAnswer answer) {
    JsonObject rows;
    try {
      rows = rows(answer);
    } catch (ApiException e) {
      pageAgain(pass, e, RetryAfter.of(answer.headers()));
      return;
    }
    resolve(pass, rows);
    pass.failures = 0;
    if (!pass.wanted.isEmpty() && hasMore(rows)) {
      if (++pass.page == PAGES) throw unreadable(new IOException("they are too long"));
      timer.schedule(() -> pass.endOnFailure(() -> page(pass)), BETWEEN_PAGES);
    } else {
      pass.end(found -> found.complete(Optional.empty()));
    }
  }

  private void pageAgain(Pass pass, ApiException failure, Duration atLeast) {
    if (failure.isFinal() || ++pass.failures >= retries.maxAttempts()) throw failure;
    Duration delay = retries.delay(pass.failures, ThreadLocalRandom.current().nextDouble());
    timer.schedule(() -> pass.endOnFailure(() -> page(pass)), Durations.longer(delay, atLeast));
  }

  /** One way through the pages. */
  private final class Pass {
    final Map<String, CompletableFuture<Optional<String>>> wanted;
    int page;
    int failures;

    Pass(Map<String, CompletableFuture<Optional<String>>> wanted) {
      this.wanted = new ConcurrentHashMap<>(wanted);
    }

    void endOnFailure(Runnable step) {
      try {
        step.run();
      } catch (Throwable e) { // an Error too must not leave anybody waiting
        end(found -> found.completeExceptionally(e));
      }
    }

    /** Who waits may ask again at once, so the next pass begins before they hear. */
    void end(Consumer<CompletableFuture<Optional<String>>> how) {
      List<CompletableFuture<Optional<String>>> rest = List.copyOf(wanted.values());
      wanted.clear();
      pass();
      rest.forEach(found -> api.steps().execute(() -> how.accept(found)));
    }
  }

  private static JsonObject rows(HttpAnswer answer) {
    if (!answer.isSuccess()) throw ApiException.refused(answer, null, null);
    if (answer.failure() != null) throw unreadable(answer.failure());
    try {
      JsonElement page = JsonParser.parseString(answer.body());
      if (page instanceof JsonObject object && object.get("data") instanceof JsonArray)
        return object;
    } catch (JsonParseException e) {
      throw unreadable(e);
    }
    throw unreadable(new JsonParseException("no rows: " + answer.message()));
  }

  /** What is not surely a page of the logs says nothing of what is not in it. */
  private static ApiException unreadable(Throwable cause) {
    return ApiException.failed("the look into the logs", null, null, cause);
  }

  private void resolve(Pass pass, JsonObject rows) {
    for (JsonElement row : rows.getAsJsonArray("data")) {
      if (!(row instanceof JsonObject call)) continue;
      Optional<String> id = VideoGeneration.string(call, "inference_id");
      VideoGeneration.string(call, "client_request_id")
          .filter(clientRequestId -> id.isPresent())
          .map(pass.wanted::remove)
          .ifPresent(found -> api.steps().execute(() -> found.complete(id)));
    }
  }

  private static boolean hasMore(JsonObject rows) {
    return rows.get("pagination") instanceof JsonObject pagination
        && VideoGeneration.string(pagination, "has_more").filter("true"::equals).isPresent();
  }
}
