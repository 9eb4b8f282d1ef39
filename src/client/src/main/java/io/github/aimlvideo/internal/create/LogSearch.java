package io.github.aimlvideo.internal.create;

import io.github.aimlvideo.internal.core.Durations;
import io.github.aimlvideo.internal.core.Failures;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.http.ApiExceptions;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.http.ApiResponse;
import io.github.aimlvideo.internal.http.HttpCall;
import io.github.aimlvideo.internal.http.ReadOperation;
import io.github.aimlvideo.model.LogEntry;
import io.github.aimlvideo.model.LogsPagination;
import io.github.aimlvideo.model.LogsResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Searches the vendor's logs for creates by their client request ids: the newest requests first,
 * page by page. One scan serves all searches that wait for it, as the server allows 200 requests a
 * minute. Safe for use by several threads.
 */
public final class LogSearch {
  private static final int PAGE_SIZE = 100;

  /** The server allows 200 requests a minute. */
  private static final Duration PAGE_INTERVAL = Duration.ofMillis(300);

  /** Ten thousand requests of one day. */
  private static final int MAX_PAGES = 100;

  private static final String SEARCH = "the search of the logs";

  private final OperationContext context;
  private final ApiHttp api;
  private Map<String, CompletableFuture<Optional<String>>> waiting = new HashMap<>();
  private boolean scanning;
  private volatile @Nullable Long lastRequest;

  /** Searches the logs of this API. */
  public LogSearch(OperationContext context, ApiHttp api) {
    this.context = context;
    this.api = api;
  }

  /** The generation id; empty if the logs do not have it, or not yet. */
  public CompletableFuture<Optional<String>> find(String clientRequestId) {
    CompletableFuture<Optional<String>> found;
    boolean idle;
    synchronized (this) {
      found = waiting.computeIfAbsent(clientRequestId, id -> new CompletableFuture<>());
      idle = !scanning;
      scanning = true;
    }
    if (idle) scan();
    return found.copy();
  }

  /** Searches that arrive during a scan wait for the next one, as their page may be past. */
  private void scan() {
    Map<String, CompletableFuture<Optional<String>>> wanted;
    synchronized (this) {
      wanted = waiting;
      waiting = new HashMap<>();
      scanning = !wanted.isEmpty();
    }
    if (!wanted.isEmpty()) new Scan(wanted).request(untilNextRequest());
  }

  /** Scans keep the distance that their pages have. */
  private Duration untilNextRequest() {
    Long last = lastRequest;
    if (last == null) return Duration.ZERO;
    Duration age = Duration.ofNanos(context.scheduler().nanoTime() - last);
    return Durations.notNegative(PAGE_INTERVAL.minus(age));
  }

  private static boolean hasMore(LogsResponse page) {
    LogsPagination pagination = page.getPagination();
    return pagination != null && Boolean.TRUE.equals(pagination.getHasMore());
  }

  /** One way through the pages, one after the other. */
  private final class Scan {
    private final Map<String, CompletableFuture<Optional<String>>> wanted;
    private int page;

    Scan(Map<String, CompletableFuture<Optional<String>>> wanted) {
      this.wanted = wanted;
    }

    void request(Duration delay) {
      ReadOperation.send(
              context, SEARCH, this::call, response -> response.has(LogsResponse::getData), delay)
          .thenAccept(this::received)
          .exceptionally( // not even an Error leaves a search waiting
              e -> {
                end(found -> found.completeExceptionally(Failures.unwrap(e)));
                return null;
              });
    }

    private HttpCall<LogsResponse> call() {
      lastRequest = context.scheduler().nanoTime();
      int offset = page * PAGE_SIZE;
      return api.read(api.logs().listLogs("24h", null, null, null, null, PAGE_SIZE, offset));
    }

    /** Continues unless everything is found or there are no more pages. */
    private void received(ApiResponse<LogsResponse> response) {
      LogsResponse body = Objects.requireNonNull(response.body(), "usable");
      Objects.requireNonNull(body.getData(), "usable").forEach(this::resolve);
      if (wanted.isEmpty() || !hasMore(body)) {
        end(found -> found.complete(Optional.empty()));
        return;
      }
      if (++page == MAX_PAGES) {
        throw ApiExceptions.failed(SEARCH, null, null, new IOException("too many pages"));
      }
      request(PAGE_INTERVAL);
    }

    private void resolve(@Nullable LogEntry entry) {
      if (entry == null || entry.getInferenceId() == null) return;
      String clientRequestId = entry.getClientRequestId();
      var found = clientRequestId == null ? null : wanted.remove(clientRequestId);
      Optional<String> id = Optional.of(entry.getInferenceId()).filter(text -> !text.isBlank());
      if (found != null) found.complete(id);
    }

    /** Searches may be repeated at once, so the next scan begins before they are answered. */
    private void end(Consumer<CompletableFuture<Optional<String>>> how) {
      scan();
      wanted.values().forEach(how);
    }
  }
}
