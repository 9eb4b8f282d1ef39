package io.github.aimlvideo.batch.internal.steps;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.RowProblem;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.database.Session;
import io.github.aimlvideo.batch.internal.store.CreateLimits;
import io.github.aimlvideo.batch.internal.store.CreditBudget;
import io.github.aimlvideo.batch.internal.store.Row;
import io.github.aimlvideo.batch.internal.store.RowTable;
import io.github.aimlvideo.batch.internal.store.SpendingLimit;
import io.github.aimlvideo.catalog.Quote;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes the next row for a create: in one transaction that holds the lock on the limits of all
 * workers, it becomes {@code CREATING} with its client request id and gets its task. The quote is
 * recorded with the create, so that all workers count it alike. Used by one thread.
 */
final class RowClaims {
  private final WorkerContext context;
  private final CreateResults results;
  private final Runnable wake;

  /** The row that the transaction in progress claims, and what it costs. */
  private @Nullable Claim claimed;

  /** Why the transaction in progress does not claim one: the limit. */
  private @Nullable String tooExpensive;

  /** Why it does not: the catalogue has to be read first. */
  private boolean needsQuotes;

  /** Whether it has been read for the next transaction, however long that takes. */
  private boolean hasQuotes;

  private long probedUntil;

  /** A row that is to be created. Without a limit, its price is unknown. */
  record Claim(Row row, Quote quote) {}

  /**
   * @param wake when a row can be claimed after all
   */
  RowClaims(WorkerContext context, CreateResults results, Runnable wake) {
    this.context = context;
    this.results = results;
    this.wake = wake;
  }

  /** The next row; empty if there is none, or it cannot be sent now. */
  Optional<Claim> next() {
    if (!hasSpace()) return Optional.empty();
    context.store.database().renewLock();
    long now = context.clock.millis();
    claimed = null;
    tooExpensive = null;
    needsQuotes = false;
    try {
      Optional<Row> row = context.store.database().transaction(session -> claim(session, now));
      if (needsQuotes) readQuotes();
      if (tooExpensive != null) context.stop(BatchStop.Reason.CREDITS, tooExpensive, null);
      if (row.isEmpty()) return Optional.empty();
      if (!row.get().suspended) return Optional.ofNullable(claimed);
      context.suspended(row.get(), null); // which wakes this thread
      return Optional.empty();
    } catch (BatchException e) {
      if (claimed != null) giveBack(claimed.row); // it may have been committed
      throw e;
    }
  }

  private boolean isAnyNew() {
    return context.store.database().transaction(this::firstNew).isPresent();
  }

  private Optional<Row> firstNew(Session session) throws SQLException {
    return context.store.rows().firstNew(session, context.config.creatable());
  }

  /**
   * Whether the database and a video have space; if not, creates stop. Without a row to create, the
   * folder is left alone.
   */
  private boolean hasSpace() {
    if (context.config.folder().isEmpty()) return true;
    long now = context.clock.millis();
    boolean probed = now < probedUntil;
    if (!probed && !isAnyNew()) return false;
    Optional<String> problem = DiskSpace.problem(context.config.folder().get(), !probed);
    if (problem.isPresent()) context.stop(BatchStop.Reason.NO_SPACE, problem.get(), null);
    else if (!probed) probedUntil = now + 1000;
    return problem.isEmpty();
  }

  /** Outside of a transaction; the worker may be closed meanwhile. */
  private void readQuotes() {
    context.quotes.refresh();
    hasQuotes = true;
    wake.run();
  }

  private Optional<Row> claim(Session session, long now) throws SQLException {
    RowTable rows = context.store.rows();
    CreateLimits limits = CreateLimits.lock(session, context.config.name());
    if (!limits.allow(rows.inFlight(session), context.config.maxInFlight(), now))
      return Optional.empty();
    Optional<Row> next = firstNew(session);
    if (next.isEmpty()) return next;
    Row row = next.get();
    Optional<Quote> quote = affordable(session, row);
    if (quote.isEmpty()) return Optional.empty();
    if (context.store.database().isFile() && context.config.isTaken(row)) { // by an older run, say
      row.suspended = true;
      row.setReason(RowProblem.FILE_EXISTS.message());
      return rows.update(session, row) ? next : Optional.empty();
    }
    row.state = RowState.CREATING;
    row.clientRequestId = UUID.randomUUID().toString();
    row.attempts++;
    row.reason = null;
    row.sentAt = now;
    row.worker = context.workerId;
    claimed = new Claim(row, quote.get());
    if (!rows.update(session, row)) return Optional.empty();
    context.store.creates().sent(session, row, CreditBudget.most(quote.get()));
    context.tasks.schedule(session, row, now + context.responseTime());
    return next;
  }

  /** What a row costs; empty if it cannot be sent now. */
  private Optional<Quote> affordable(Session session, Row row) throws SQLException {
    Optional<SpendingLimit> limit = context.config.limit();
    if (limit.isEmpty()) return Optional.of(Quote.unknown(row.model(), "there is no limit"));
    needsQuotes = !hasQuotes && context.quotes.isStale();
    hasQuotes = false;
    if (needsQuotes) return Optional.empty();
    boolean acceptUnknown = context.config.acceptUnknownPrices();
    Quote quote = context.quotes.of(row);
    CreditBudget budget = new CreditBudget(context.store.creates().groups(session));
    if (budget.allows(row.kind, CreditBudget.most(quote), limit.get(), acceptUnknown))
      return Optional.of(quote);
    if (!budget.mayAllowLater())
      tooExpensive = budget.reason(row, quote, limit.get(), acceptUnknown);
    return Optional.empty();
  }

  /** Ends a claim whose create was not sent; others may search for it already. */
  void giveBack(Row row) {
    String clientRequestId = String.valueOf(row.clientRequestId);
    context.record(() -> results.notSent(row.key, clientRequestId), row.name, null);
  }
}
