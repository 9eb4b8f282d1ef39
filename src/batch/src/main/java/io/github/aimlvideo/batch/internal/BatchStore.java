package io.github.aimlvideo.batch.internal;

import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.InvalidRowsException;
import io.github.aimlvideo.batch.RowProblem;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.UnknownPriceException;
import io.github.aimlvideo.batch.internal.CreateTable.Outcome;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a caller does with the rows of a batch: adds, reads, replaces and counts them. */
public final class BatchStore {
  static final RowProblem TAKEN = RowProblem.FILE_EXISTS;

  private final BatchConfig config;
  private final Database database;
  private final RowTable rows;
  private final CreateTable creates;
  private final RequestStore requests;

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
    database.execute(
        session -> {
          CreateLimits.make(session, config);
          rows.verify(session);
          creates.verify(session);
        });
  }

  Database database() {
    return database;
  }

  RowTable rows() {
    return rows;
  }

  CreateTable creates() {
    return creates;
  }

  RequestStore requests() {
    return requests;
  }

  /** The key of a row: two names that differ in case would have one file. */
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Why rows cannot be added; empty if all can. Writes nothing but images. */
  public Map<String, RowProblem> problems(Map<String, VideoRequest> requested, boolean replace) {
    List<Row> wanted = wanted(requested);
    return database.transaction(session -> problems(session, wanted, replace));
  }

  /** Rows with their requests; their images are stored, each in a transaction of its own. */
  private List<Row> wanted(Map<String, VideoRequest> requested) {
    List<Row> wanted = new ArrayList<>();
    requested.forEach(
        (name, request) -> {
          Row row = new Row(key(name), name, 0);
          database.execute(session -> requests.set(session, row, request));
          wanted.add(row);
        });
    return wanted;
  }

  private Map<String, RowProblem> problems(Session session, List<Row> wanted, boolean replace)
      throws SQLException {
    Map<String, RowProblem> problems = new LinkedHashMap<>();
    Set<String> keys = new HashSet<>();
    for (Row row : wanted) {
      RowProblem problem =
          keys.add(row.key) ? problem(session, row, replace) : RowProblem.SAME_NAME;
      if (problem != null) problems.put(row.name, problem);
    }
    return problems;
  }

  private @Nullable RowProblem problem(Session session, Row wanted, boolean replace)
      throws SQLException {
    String name = wanted.name;
    if (!RowName.isValid(name)) return RowProblem.INVALID_NAME;
    Optional<Row> found = rows.find(session, wanted.key);
    if (found.isEmpty()) return isTaken(name) ? TAKEN : null;
    Row row = found.get();
    if (!row.name.equals(name)) return RowProblem.SAME_NAME;
    if (row.state == RowState.NEW && isTaken(row)) return TAKEN;
    if (row.isSameRequest(wanted)) return null;
    if (!replace) return RowProblem.CHANGED;
    return row.isInProgress() ? RowProblem.RUNNING : null;
  }

  /** Whether a file that the batch has not written has the name of the video. */
  boolean isTaken(Row row) {
    return row.location == null && isTaken(row.name);
  }

  private boolean isTaken(String name) {
    return video(name).filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isPresent();
  }

  /** The file of a video; empty if videos go elsewhere. */
  Optional<Path> video(String name) {
    if (config.sink().isPresent()) return Optional.empty();
    return config.folder().map(folder -> folder.resolve(name + ".mp4"));
  }

  /**
   * Adds rows, all or none. A row that is there with the same request stays as it is.
   *
   * @param replace whether a row that has another request gets this one
   * @throws InvalidRowsException if one cannot be added
   */
  public void add(Map<String, VideoRequest> requested, boolean replace) {
    List<Row> wanted = wanted(requested);
    database.execute(
        session -> {
          CreateLimits limits = CreateLimits.lock(session, config.name()); // one adds at a time
          Map<String, RowProblem> problems = problems(session, wanted, replace);
          if (!problems.isEmpty()) throw new InvalidRowsException(problems);
          long position = limits.reservePositions(session, wanted.size());
          for (Row row : wanted) {
            row.position = position++;
            add(session, row);
          }
        });
  }

  private void add(Session session, Row wanted) throws SQLException {
    Optional<Row> found = rows.lock(session, wanted.key);
    if (found.isEmpty()) {
      rows.insert(session, wanted);
    } else if (!found.get().isSameRequest(wanted)) {
      Row row = found.get();
      row.setRequest(wanted);
      renew(row);
      rows.update(session, row);
    }
  }

  /** The row will be created again. A file that is its video stays until there is a new one. */
  static void renew(Row row) {
    row.state = RowState.NEW;
    row.clientRequestId = null;
    row.generationId = null;
    row.creditsUsed = null;
    row.reason = null;
    row.sentAt = 0;
    row.endedAt = 0;
    row.searched = 0;
    row.searchedAt = 0;
    row.suspended = false;
    row.worker = null;
  }

  /** Changes a row if it is as expected; returns whether it was. */
  private boolean change(String name, Predicate<Row> expected, boolean delete) {
    return database.transaction(
        session -> {
          Optional<Row> row = rows.lock(session, key(name)).filter(expected);
          if (row.isEmpty()) return false;
          if (delete) {
            rows.delete(session, row.get());
            return true;
          }
          renew(row.get());
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
    return database.transaction(session -> rows.find(session, key(name)).map(Row::view));
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
  public Optional<BigDecimal> creditsForNewRows() {
    return database.transaction(
        session ->
            new CreditBudget(creates.groups(session)).enoughFor(rows.newKindCounts(session)));
  }

  /**
   * Checks that the limit of credits can be promised.
   *
   * @throws UnknownPriceException if a price is not known
   */
  public void checkPrices() {
    if (config.maxCredits().isEmpty() || config.acceptUnknownPrices()) return;
    database.execute(
        session -> {
          CreditBudget budget = new CreditBudget(creates.groups(session));
          Map<String, String> fresh = rows.newKinds(session);
          Optional<String> unknown =
              fresh.entrySet().stream()
                  .filter(kind -> !budget.isPriceKnown(kind.getKey()))
                  .map(Map.Entry::getValue)
                  .findFirst();
          if (!fresh.isEmpty() && (unknown.isPresent() || budget.isCostUnknown()))
            throw new UnknownPriceException(config.maxCredits().get(), unknown);
        });
  }

  /** The create of a failed generation is not charged. */
  void notCharged(Session session, Row row) throws SQLException {
    creates.ended(session, row.clientRequestId, Outcome.NOT_CHARGED);
  }
}
