package io.github.aimlvideo.internal.account;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.account.Transaction;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.http.ApiExceptions;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.http.ApiResponse;
import io.github.aimlvideo.internal.http.ReadOperation;
import io.github.aimlvideo.model.TransactionAmount;
import io.github.aimlvideo.model.TransactionDirection;
import io.github.aimlvideo.model.TransactionEntry;
import io.github.aimlvideo.model.TransactionType;
import io.github.aimlvideo.model.TransactionsPagination;
import io.github.aimlvideo.model.TransactionsResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way through the pages of the ledger, by the cursor that the server gives. It ends with all
 * entries or with a failure: half a ledger would hide charges. Equal entries stay, as a second
 * charge may equal the first.
 */
final class Ledger {
  private static final int PAGE_SIZE = 100;

  /** A million entries. */
  private static final int MAX_PAGES = 10_000;

  private final OperationContext context;
  private final ApiHttp api;
  private final String from;
  private final @Nullable String to;
  private final @Nullable TransactionDirection direction;
  private final @Nullable TransactionType type;
  private final List<Transaction> found = new ArrayList<>();
  private final Set<String> cursors = new HashSet<>();

  Ledger(
      OperationContext context,
      ApiHttp api,
      Instant from,
      @Nullable Instant to,
      @Nullable TransactionDirection direction,
      @Nullable TransactionType type) {
    Objects.requireNonNull(from, "from");
    if (to != null && !to.isAfter(from)) {
      throw new IllegalArgumentException("to = " + to + " must be later than from = " + from);
    }
    this.context = context;
    this.api = api;
    this.from = Values.startText(from);
    this.to = to == null ? null : Values.endText(to);
    this.direction = direction;
    this.type = type;
  }

  List<Transaction> read() {
    String cursor = null;
    do {
      ApiResponse<TransactionsResponse> page = page(cursor);
      TransactionsResponse body = Objects.requireNonNull(page.body(), "usable");
      List<TransactionEntry> entries = Objects.requireNonNull(body.getData(), "usable");
      entries.stream().map(Ledger::transaction).forEach(found::add);
      cursor = next(page, body.getPagination(), entries.size());
    } while (cursor != null);
    return List.copyOf(found);
  }

  private ApiResponse<TransactionsResponse> page(@Nullable String cursor) {
    try {
      return ReadOperation.await(
          context,
          "reading the ledger",
          () ->
              api.read(
                  api.billing().listTransactions(from, to, direction, type, PAGE_SIZE, cursor)),
          response -> response.has(TransactionsResponse::getData),
          Duration.ZERO);
    } catch (ApiException e) {
      if (cursor == null) throw e;
      throw ApiExceptions.reworded(e, breaksOff(e.getMessage()), null, e);
    }
  }

  /** The cursor of the next page; null after the last one. */
  private @Nullable String next(
      ApiResponse<?> page, @Nullable TransactionsPagination pagination, int size) {
    String cursor = pagination == null ? null : pagination.getNextCursor();
    Boolean hasMore = pagination == null ? null : pagination.getHasMore();
    // a full page that says nothing of the next one is not known to be the last
    boolean more = hasMore == null ? cursor != null || size >= PAGE_SIZE : hasMore;
    if (!more) return null;
    if (cursor == null || cursor.isEmpty()) throw broken(page, "more follows, but has no cursor");
    if (!cursors.add(cursor)) throw broken(page, "a cursor repeats");
    if (cursors.size() == MAX_PAGES) throw broken(page, "it does not end; ask for less time");
    return cursor;
  }

  private ApiException broken(ApiResponse<?> page, String why) {
    return ApiExceptions.broken(breaksOff(why), page);
  }

  private String breaksOff(String why) {
    return "the ledger breaks off after " + found.size() + " entries: " + why;
  }

  /** An entry that cannot be read is one all the same. */
  private static Transaction transaction(@Nullable TransactionEntry given) {
    TransactionEntry entry = given == null ? new TransactionEntry() : given;
    TransactionAmount amount = entry.getAmount();
    return new Transaction(
        Values.instant(entry.getCreatedAt()),
        Objects.requireNonNullElse(entry.getDirection(), ""),
        Objects.requireNonNullElse(entry.getType(), ""),
        amount == null ? Optional.empty() : Values.cost(amount.getUsd(), amount.getCredits()),
        Values.text(entry.getModel()),
        Values.text(entry.getReferenceId()));
  }
}
