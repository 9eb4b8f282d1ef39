package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.RowProblem;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.UnknownPriceException;
import io.github.aimlvideo.batch.internal.database.Database;
import io.github.aimlvideo.batch.internal.database.Session;
import io.github.aimlvideo.batch.internal.store.CreateTable.Outcome;
import io.github.aimlvideo.batch.internal.store.RowTable.NewKind;
import io.github.aimlvideo.catalog.Quote;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a caller does with the rows of a batch: adds, reads, replaces and counts them. */
public final class BatchStore {
  public static final RowProblem TAKEN = RowProblem.FILE_EXISTS;

  private final BatchConfig config;
  private final Database database;
  private final RowTable rows;
  private final CreateTable creates;
  private final RequestStore requests;
  private final RequestedRows requested;

  /**
   * Makes the record of the batch, unless there is one, and reads all records.
   *
   * @throws BatchException if one is damaged, or the batch belongs to another server
   */
  public BatchStore(BatchConfig config, Database database) {
    this.config = config;
    this.database = database;
    rows = new RowTable(config.name());
    creates = new CreateTable(config.name());
    requests = new RequestStore(database, database.isFile() ? config.folder() : Optional.empty());
    requested = new RequestedRows(config, database, rows, requests);
    database.execute(
        session -> {
          CreateLimits.make(session, config);
          rows.verify(session);
          creates.verify(session);
        });
  }

  public Database database() {
    return database;
  }

  public RowTable rows() {
    return rows;
  }

  public CreateTable creates() {
    return creates;
  }

  public RequestStore requests() {
    return requests;
  }

  /** As {@link RequestedRows#problems}. */
  public Map<String, RowProblem> problems(Map<String, VideoRequest> requests, boolean replace) {
    return requested.problems(requests, replace);
  }

  /** As {@link RequestedRows#add}. */
  public void add(Map<String, VideoRequest> requests, boolean replace) {
    requested.add(requests, replace);
  }

  /** Changes a row if it is as expected; returns whether it was. */
  private boolean change(String name, Predicate<Row> expected, boolean delete) {
    return database.transaction(
        session -> {
          Optional<Row> row = rows.lock(session, Row.key(name)).filter(expected);
          if (row.isEmpty()) return false;
          if (delete) {
            rows.delete(session, row.get());
            return true;
          }
          row.get().renew();
          return rows.update(session, row.get());
        });
  }

  /** A failed row will be created again. */
  public boolean retry(String name) {
    return change(name, row -> row.state == RowState.FAILED, false);
  }

  /** A row whose outcome is unknown will be created again, and may be charged twice. */
  public boolean resubmit(String name) {
    return change(name, row -> row.state == RowState.UNKNOWN, false);
  }

  /** Forgets a row that no create was sent for. */
  public boolean remove(String name) {
    return change(name, row -> row.state == RowState.NEW, true);
  }

  /** A row as it is now. */
  public Optional<BatchRow> row(String name) {
    return database.transaction(session -> rows.find(session, Row.key(name)).map(Row::view));
  }

  /** All rows in the order in which they were added. */
  public List<BatchRow> all() {
    return database.transaction(rows::views);
  }

  /** How far the batch has come. */
  public BatchSummary summary(Optional<BatchStop> stop) {
    return database.transaction(
        session -> {
          CreditBudget budget = new CreditBudget(creates.groups(session));
          return new BatchSummary(
              rows.counts(session),
              budget.known(),
              budget.unknownCosts(),
              creates.boughtTwice(session),
              stop);
        });
  }

  /** The credits that suffice for all new rows; empty if a price is unknown. */
  public Optional<BigDecimal> creditsForNewRows(Quotes quotes) {
    return database.transaction(
        session ->
            new CreditBudget(creates.groups(session)).enoughFor(rows.newKinds(session), quotes));
  }

  /**
   * Checks that the limit can be promised.
   *
   * @param quotes are asked for only if there is something to check
   * @throws UnknownPriceException if a price is not known
   */
  public void checkPrices(Supplier<Quotes> quotes) {
    if (config.limit().isEmpty() || config.acceptUnknownPrices()) return;
    String limit = config.limit().get().option();
    List<NewKind> fresh = database.transaction(rows::newKinds);
    if (fresh.isEmpty()) return;
    Quotes present = quotes.get();
    CreditBudget budget =
        database.transaction(session -> new CreditBudget(creates.groups(session)));
    if (budget.isCostUnknown()) throw new UnknownPriceException(limit);
    for (NewKind kind : fresh) {
      Quote quote = present.of(kind.sample());
      if (budget.price(kind.sample().kind, CreditBudget.most(quote)).isEmpty())
        throw new UnknownPriceException(limit, kind.sample().name, quote.explanation());
    }
  }

  /** The create of a failed generation is not charged. */
  public void notCharged(Session session, Row row) throws SQLException {
    creates.ended(session, row.clientRequestId, Outcome.NOT_CHARGED);
  }
}
