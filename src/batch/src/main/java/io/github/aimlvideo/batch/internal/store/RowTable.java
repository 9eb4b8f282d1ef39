package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.database.Database;
import io.github.aimlvideo.batch.internal.database.Session;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of one batch. A row is written only if it is still as it was read. */
public final class RowTable {
  private static final String SELECT =
      "select " + String.join(", ", RowColumns.NAMES) + " from video_rows where batch = ?";
  private static final String INSERT =
      "insert into video_rows (%s) values (%s)"
          .formatted(
              String.join(", ", RowColumns.NAMES),
              String.join(", ", Collections.nCopies(RowColumns.NAMES.size(), "?")));
  private static final String UPDATE =
      "update video_rows set "
          + RowColumns.NAMES.stream()
              .map(column -> column + " = ?")
              .collect(Collectors.joining(", "))
          + " where batch = ? and row_key = ? and version = ?";

  private final String batch;
  private final RowColumns columns;

  public RowTable(String batch) {
    this.batch = batch;
    columns = new RowColumns(batch);
  }

  public Optional<Row> find(Session session, String key) throws SQLException {
    return session.first(SELECT + " and row_key = ?", columns::read, batch, key);
  }

  /** As {@link #find}; nobody else changes the row until the transaction ends. */
  public Optional<Row> lock(Session session, String key) throws SQLException {
    return session.first(
        SELECT + " and row_key = ?" + session.forUpdate(), columns::read, batch, key);
  }

  /** What a caller sees of all rows, in the order in which they were added. */
  List<BatchRow> views(Session session) throws SQLException {
    return session.list(SELECT + " order by row_position", row -> columns.read(row).view(), batch);
  }

  /** The rows that a create was sent for, in the order in which they were added. */
  public <T> List<T> sent(Session session, Function<Row, T> view) throws SQLException {
    String wasSent =
        " and exists (select 1 from video_creates where video_creates.batch = video_rows.batch"
            + " and video_creates.row_key = video_rows.row_key)";
    return session.list(
        SELECT + wasSent + " order by row_position", row -> view.apply(columns.read(row)), batch);
  }

  /** All rows in the order in which they were added. */
  List<Row> all(Session session) throws SQLException {
    return session.list(SELECT + " order by row_position", columns::read, batch);
  }

  /** Reads all rows, each of which must be as it was written, with the record of its create. */
  void verify(Session session) throws SQLException {
    session.list(SELECT, row -> columns.read(row).state, batch);
    String sql =
        "select min(name) from video_rows where batch = ? and client_request_id is not null"
            + " and not exists (select 1 from video_creates where video_creates.client_request_id"
            + " = video_rows.client_request_id)";
    Optional<String> found = session.first(sql, row -> String.valueOf(row.getString(1)), batch);
    String name = found.orElse("null");
    if (!name.equals("null"))
      throw Database.unusable("the record of the create of row " + name + " is missing", null);
  }

  /** The keys of the rows in one of these states, in their order. */
  public List<String> keys(Session session, RowState... states) throws SQLException {
    String sql = "select row_key from video_rows where batch = ?" + isIn(states);
    return session.list(sql + " order by row_position", row -> row.getString(1), batch);
  }

  /** The keys of the rows that no worker works on: suspended, or without a task. */
  public List<String> idleKeys(Session session, String taskName, long now) throws SQLException {
    String sql =
        "select row_key from video_rows where batch = ? and (state = 'UNKNOWN'"
            + " or state in ('CREATING', 'RUNNING', 'COMPLETED') and (suspended = 1"
            + " or state = 'RUNNING' and poll_until <= ? or not exists (select 1 from video_tasks"
            + " where task_name = ? and task_instance = row_key))) order by row_position";
    return session.list(sql, row -> row.getString(1), batch, now, taskName);
  }

  /**
   * Rows of one kind that are to be created.
   *
   * @param sample one of them
   * @param rows how many there are
   */
  record NewKind(Row sample, BigDecimal rows) {}

  /** The kinds of the rows that are to be created. */
  List<NewKind> newKinds(Session session) throws SQLException {
    String sql =
        "select min(row_key), count(*) from video_rows where batch = ? and state = 'NEW'"
            + " group by kind";
    Map<String, Long> samples = new LinkedHashMap<>();
    session.list(sql, row -> samples.put(row.getString(1), row.getLong(2)), batch);
    List<NewKind> kinds = new ArrayList<>();
    for (Map.Entry<String, Long> sample : samples.entrySet()) {
      Optional<Row> row = find(session, sample.getKey());
      row.ifPresent(it -> kinds.add(new NewKind(it, BigDecimal.valueOf(sample.getValue()))));
    }
    return kinds;
  }

  /** The keys of rows that are to be created, but could not be. */
  public List<String> suspendedNew(Session session) throws SQLException {
    String sql =
        "select row_key from video_rows where batch = ? and state = 'NEW' and suspended = 1";
    return session.list(sql, row -> row.getString(1), batch);
  }

  /**
   * The first row that is to be created.
   *
   * @param creatable by its name; empty for all rows
   */
  public Optional<Row> firstNew(Session session, Optional<Predicate<String>> creatable)
      throws SQLException {
    String end = isIn(RowState.NEW) + " and suspended = 0 order by row_position";
    if (creatable.isEmpty()) return session.first(SELECT + end + " limit 1", columns::read, batch);
    String names = "select name from video_rows where batch = ?" + end;
    for (String name : session.list(names, row -> row.getString(1), batch)) {
      if (creatable.get().test(name)) return find(session, Row.key(name));
    }
    return Optional.empty();
  }

  private static String isIn(RowState... states) {
    return Arrays.stream(states)
        .map(state -> "'" + state + "'")
        .collect(Collectors.joining(", ", " and state in (", ")"));
  }

  /** How many rows are in which state. */
  Map<RowState, Long> counts(Session session) throws SQLException {
    Map<RowState, Long> counts = new EnumMap<>(RowState.class);
    String sql = "select state, count(*) from video_rows where batch = ? group by state";
    session.list(sql, row -> counts.put(RowState.valueOf(row.getString(1)), row.getLong(2)), batch);
    return counts;
  }

  /** Rows whose generations may run; not those that ran longer than a caller waits for. */
  public long inFlight(Session session) throws SQLException {
    String sql =
        "select count(*) from video_rows where batch = ? and suspended = 0"
            + " and state in ('CREATING', 'RUNNING')";
    return session.number(sql, batch);
  }

  void insert(Session session, Row row) throws SQLException {
    session.update(INSERT, columns.values(row).toArray());
  }

  /** Writes a row; false if it has changed since it was read, and nothing was written. */
  public boolean update(Session session, Row row) throws SQLException {
    int before = row.version++;
    List<@Nullable Object> values = new ArrayList<>(columns.values(row));
    values.addAll(List.of(batch, row.key, before));
    return session.update(UPDATE, values.toArray()) == 1;
  }

  void delete(Session session, Row row) throws SQLException {
    session.update(
        "delete from video_rows where batch = ? and row_key = ? and version = ?",
        batch,
        row.key,
        row.version);
  }
}
