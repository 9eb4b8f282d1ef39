package io.github.aimlvideo.internal.create;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.internal.core.Backoff;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.http.ApiExceptions;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.http.ApiResponse;
import io.github.aimlvideo.model.LogEntry;
import io.github.aimlvideo.model.LogsPagination;
import io.github.aimlvideo.model.LogsResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

  private final OperationContext context;
  private final ApiHttp api;
  private Map<String, CompletableFuture<Optional<String>>> waiting = new HashMap<>();
  private @Nullable Scan current;
  private @Nullable Long lastRequest;
  private volatile boolean closed;

  /** Searches the logs of this API. */
  public LogSearch(OperationContext context, ApiHttp api) {
    this.context = context;
    this.api = api;
  }

  /** The generation id; empty if the logs do not have it, or not yet. */
  public CompletableFuture<Optional<String>> find(String clientRequestId) {
    CompletableFuture<Optional<String>> found;
    synchronized (this) {
      found = waiting.computeIfAbsent(clientRequestId, id -> new CompletableFuture<>());
      if (!closed && current == null) scan();
    }
    if (closed) close();
    return found.copy();
  }

  /** Searches that arrive during a scan wait for the next one, as their page may be past. */
  private synchronized void scan() {
    current = waiting.isEmpty() || closed ? null : new Scan(waiting);
    if (current == null) return;
    waiting = new HashMap<>();
    Scan next = current;
    Duration wait = untilNextRequest();
    if (wait.isZero()) next.step(() -> request(next));
    else next.step(() -> schedule(next, wait));
  }

  /** Scans keep the distance that their pages have. */
  private Duration untilNextRequest() {
    if (lastRequest == null) return Duration.ZERO;
    Duration age = Duration.ofNanos(context.scheduler().nanoTime() - lastRequest);
    return age.compareTo(PAGE_INTERVAL) < 0 ? PAGE_INTERVAL.minus(age) : Duration.ZERO;
  }

  /** Fails all searches. */
  public void close() {
    Scan last;
    List<CompletableFuture<Optional<String>>> rest;
    synchronized (this) {
      closed = true;
      last = current;
      rest = List.copyOf(waiting.values());
      waiting = new HashMap<>();
    }
    IOException reason = new IOException("the client was closed");
    if (last != null) last.end(found -> found.completeExceptionally(reason));
    rest.forEach(found -> found.completeExceptionally(reason));
  }

  private void request(Scan scan) {
    synchronized (this) {
      lastRequest = context.scheduler().nanoTime();
    }
    int offset = scan.page * PAGE_SIZE;
    api.read(api.logs().listLogs("24h", null, null, null, null, PAGE_SIZE, offset))
        .send()
        .whenComplete(
            (response, failure) ->
                scan.step(
                    () -> {
                      if (failure == null) received(scan, response);
                      else retry(scan, unreadable(failure), Duration.ZERO);
                    }));
  }

  /** Continues unless everything is found or there are no more pages. */
  private void received(Scan scan, ApiResponse<LogsResponse> response) {
    LogsResponse page = response.body();
    if (!response.isSuccess() || page == null || page.getData() == null) {
      retry(scan, failure(response), response.retryAfter());
      return;
    }
    page.getData().forEach(entry -> resolve(scan, entry));
    scan.failures = 0;
    if (!scan.wanted.isEmpty() && hasMore(page)) {
      if (++scan.page == MAX_PAGES) throw unreadable(new IOException("too many pages"));
      schedule(scan, PAGE_INTERVAL);
    } else {
      scan.end(found -> found.complete(Optional.empty()));
    }
  }

  /** Without a page of the logs nothing can be said of what is not in it. */
  private static ApiException failure(ApiResponse<LogsResponse> response) {
    if (!response.isSuccess()) return ApiExceptions.refused(response, null, null);
    return ApiExceptions.unreadable(response, null, null);
  }

  private static ApiException unreadable(Throwable cause) {
    return ApiExceptions.failed("the search of the logs", null, null, cause);
  }

  private void retry(Scan scan, ApiException failure, Duration retryAfter) {
    var policy = context.config().retryPolicy();
    if (ApiExceptions.isFinal(failure) || ++scan.failures >= policy.maxAttempts()) throw failure;
    schedule(scan, Backoff.delay(policy, scan.failures, retryAfter));
  }

  private void schedule(Scan scan, Duration delay) {
    context.scheduler().schedule(() -> scan.step(() -> request(scan)), delay);
  }

  private void resolve(Scan scan, @Nullable LogEntry entry) {
    if (entry == null || entry.getInferenceId() == null) return;
    String clientRequestId = entry.getClientRequestId();
    var found = clientRequestId == null ? null : scan.wanted.remove(clientRequestId);
    Optional<String> id = Optional.of(entry.getInferenceId()).filter(text -> !text.isBlank());
    if (found != null) found.complete(id);
  }

  private static boolean hasMore(LogsResponse page) {
    LogsPagination pagination = page.getPagination();
    return pagination != null && Boolean.TRUE.equals(pagination.getHasMore());
  }

  /** One way through the pages. */
  private final class Scan {
    private final Map<String, CompletableFuture<Optional<String>>> wanted;
    private int page;
    private int failures;

    Scan(Map<String, CompletableFuture<Optional<String>>> wanted) {
      this.wanted = new ConcurrentHashMap<>(wanted);
    }

    void step(Runnable step) {
      try {
        step.run();
      } catch (Throwable e) { // not even an Error leaves a search waiting
        end(found -> found.completeExceptionally(e));
      }
    }

    /** Searches may be repeated at once, so the next scan begins before they are answered. */
    void end(Consumer<CompletableFuture<Optional<String>>> how) {
      List<CompletableFuture<Optional<String>>> rest = List.copyOf(wanted.values());
      wanted.clear();
      scan();
      rest.forEach(how);
    }
  }
}
