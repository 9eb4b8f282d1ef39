package io.github.aimlvideo.internal.account;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.account.LogQuery;
import io.github.aimlvideo.account.LoggedRequest;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.http.ApiExceptions;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.http.ApiResponse;
import io.github.aimlvideo.internal.http.HttpCall;
import io.github.aimlvideo.internal.http.ReadOperation;
import io.github.aimlvideo.model.LogCost;
import io.github.aimlvideo.model.LogEntry;
import io.github.aimlvideo.model.LogsResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One way through the pages of the logs. They have offsets, so entries that arrive meanwhile move
 * the others: an entry that was on the page before is on the next one again, and counts once.
 */
final class LogPages {
  private static final int PAGE_SIZE = 100;

  /** The server allows 200 requests a minute. */
  private static final Duration PAGE_INTERVAL = Duration.ofMillis(300);

  /** So many pages in a row can hardly be pushed back by what arrives meanwhile. */
  private static final int MAX_REPEATED_PAGES = 10;

  private final OperationContext context;
  private final ApiHttp api;
  private final LogQuery query;
  private final Set<LoggedRequest> found = new LinkedHashSet<>();

  LogPages(OperationContext context, ApiHttp api, LogQuery query) {
    this.context = context;
    this.api = api;
    this.query = Objects.requireNonNull(query, "query");
  }

  List<LoggedRequest> read() {
    int offset = 0;
    int repeated = 0;
    while (true) {
      ApiResponse<LogsResponse> page = page(offset);
      LogsResponse body = Objects.requireNonNull(page.body(), "usable");
      List<LogEntry> entries = Objects.requireNonNull(body.getData(), "usable");
      int before = found.size();
      entries.stream().filter(Objects::nonNull).map(LogPages::request).forEach(found::add);
      if (!hasMore(body, entries.size()) || found.size() >= query.limit()) break;
      offset += entries.size();
      repeated = found.size() == before ? repeated + 1 : 0;
      if (entries.isEmpty() || repeated == MAX_REPEATED_PAGES) throw broken(page);
    }
    return found.stream().limit(query.limit()).toList();
  }

  private ApiResponse<LogsResponse> page(int offset) {
    return ReadOperation.await(
        context,
        "reading the logs",
        () -> call(offset),
        response -> response.has(LogsResponse::getData),
        offset == 0 ? Duration.ZERO : PAGE_INTERVAL);
  }

  private HttpCall<LogsResponse> call(int offset) {
    return api.read(
        api.logs()
            .listLogs(
                query.period().map(LogPages::text).orElse(null),
                query.start().map(Values::startText).orElse(null),
                query.end().map(Values::endText).orElse(null),
                query.models().isEmpty() ? null : query.models(),
                query.statuses().isEmpty() ? null : query.statuses(),
                pageSize(),
                offset));
  }

  /** In days or, rounded up, in hours. */
  private static String text(Duration period) {
    long hours = period.plusHours(1).minusNanos(1).toHours();
    return hours % 24 == 0 ? hours / 24 + "d" : hours + "h";
  }

  /** A full page that says nothing of the next one is not known to be the last. */
  private boolean hasMore(LogsResponse page, int size) {
    Boolean hasMore = page.getPagination() == null ? null : page.getPagination().getHasMore();
    return hasMore == null ? size >= pageSize() : hasMore;
  }

  private int pageSize() {
    return Math.min(PAGE_SIZE, query.limit());
  }

  private ApiException broken(ApiResponse<?> page) {
    return ApiExceptions.broken(
        "the logs break off after " + found.size() + " entries: more follow, but do not come",
        page);
  }

  private static LoggedRequest request(LogEntry entry) {
    LogCost cost = entry.getCost();
    return new LoggedRequest(
        Values.text(entry.getInferenceId()),
        Values.instant(entry.getCreated()),
        Objects.requireNonNullElse(entry.getStatus(), ""),
        Values.text(entry.getModel()),
        cost == null ? Optional.empty() : Values.cost(cost.getUsd(), cost.getCredits()),
        Values.text(entry.getClientRequestId()),
        Values.text(entry.getRequestId()));
  }
}
