package io.github.aimlvideo.batch.internal;

import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowState;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one batch. Each has a checksum, so that one that was changed or damaged is refused. A
 * row is written only if it is still as it was read.
 */
final class RowTable {
  private static final List<String> COLUMNS =
      List.of(
          "row_key",
          "name",
          "row_position",
          "model",
          "request",
          "fingerprint",
          "kind",
          "state",
          "client_request_id",
          "generation_id",
          "credits_used",
          "attempts",
          "reason",
          "sent_at",
          "ended_at",
          "searched",
          "searched_at",
          "poll_until",
          "suspended",
          "worker",
          "location",
          "version",
          "checksum",
          "batch");

  private static final String SELECT =
      "select " + String.join(", ", COLUMNS) + " from video_rows where batch = ?";
  private static final String INSERT =
      "insert into video_rows (%s) values (%s)"
          .formatted(
              String.join(", ", COLUMNS),
              String.join(", ", Collections.nCopies(COLUMNS.size(), "?")));
  private static final String UPDATE =
      "update video_rows set "
          + COLUMNS.stream().map(column -> column + " = ?").collect(Collectors.joining(", "))
          + " where batch = ? and row_key = ? and version = ?";

  private final String batch;

  RowTable(String batch) {
    this.batch = batch;
  }

  Optional<Row> find(Session session, String key) throws SQLException {
    return session.first(SELECT + " and row_key = ?", this::read, batch, key);
  }

  /** As {@link #find}; nobody else changes the row until the transaction ends. */
  Optional<Row> lock(Session session, String key) throws SQLException {
    return session.first(SELECT + " and row_key = ?" + session.forUpdate(), this::read, batch, key);
  }

  /** What a caller sees of all rows, in the order in which they were added. */
  List<BatchRow> views(Session session) throws SQLException {
    return session.list(SELECT + " order by row_position", row -> read(row).view(), batch);
  }

  /** Reads all rows, each of which must be as it was written, with the record of its create. */
  void verify(Session session) throws SQLException {
    session.list(SELECT, row -> read(row).state, batch);
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
  List<String> keys(Session session, RowState... states) throws SQLException {
    String sql = "select row_key from video_rows where batch = ?" + isIn(states);
    return session.list(sql + " order by row_position", row -> row.getString(1), batch);
  }

  /** The keys of the rows that no worker works on: suspended, or without a task. */
  List<String> idleKeys(Session session, String taskName, long now) throws SQLException {
    String sql =
        "select row_key from video_rows where batch = ? and (state = 'UNKNOWN'"
            + " or state in ('CREATING', 'RUNNING', 'COMPLETED') and (suspended = 1"
            + " or state = 'RUNNING' and poll_until <= ? or not exists (select 1 from video_tasks"
            + " where task_name = ? and task_instance = row_key))) order by row_position";
    return session.list(sql, row -> row.getString(1), batch, now, taskName);
  }

  /** The kinds of the rows that are to be created, each once, with the name of one row. */
  Map<String, String> newKinds(Session session) throws SQLException {
    Map<String, String> names = new LinkedHashMap<>();
    String sql =
        "select kind, min(name) from video_rows where batch = ? and state = 'NEW' group by kind";
    session.list(sql, row -> names.put(row.getString(1), row.getString(2)), batch);
    return names;
  }

  /** The kinds of the rows that are to be created, and how many have them. */
  Map<String, Long> newKindCounts(Session session) throws SQLException {
    Map<String, Long> counts = new HashMap<>();
    String sql =
        "select kind, count(*) from video_rows where batch = ? and state = 'NEW' group by kind";
    session.list(sql, row -> counts.put(row.getString(1), row.getLong(2)), batch);
    return counts;
  }

  /** The keys of rows that are to be created, but could not be. */
  List<String> suspendedNew(Session session) throws SQLException {
    String sql =
        "select row_key from video_rows where batch = ? and state = 'NEW' and suspended = 1";
    return session.list(sql, row -> row.getString(1), batch);
  }

  /** The first row that is to be created. */
  Optional<Row> firstNew(Session session) throws SQLException {
    String end = isIn(RowState.NEW) + " and suspended = 0 order by row_position limit 1";
    return session.first(SELECT + end, this::read, batch);
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
    session.list(sql, row -> counts.put(state(row.getString(1)), row.getLong(2)), batch);
    return counts;
  }

  /** Rows whose generations may run; not those that ran longer than a caller waits for. */
  long inFlight(Session session) throws SQLException {
    String sql =
        "select count(*) from video_rows where batch = ? and suspended = 0"
            + " and state in ('CREATING', 'RUNNING')";
    return session.number(sql, batch);
  }

  void insert(Session session, Row row) throws SQLException {
    session.update(INSERT, values(row).toArray());
  }

  /** Writes a row; false if it has changed since it was read, and nothing was written. */
  boolean update(Session session, Row row) throws SQLException {
    int before = row.version++;
    List<@Nullable Object> values = new ArrayList<>(values(row));
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

  private List<@Nullable Object> values(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    Collections.addAll(
        values,
        row.key,
        row.name,
        row.position,
        row.model,
        row.request,
        row.fingerprint,
        row.kind,
        row.state.name(),
        row.clientRequestId,
        row.generationId,
        row.creditsUsed == null ? null : row.creditsUsed.toString(),
        row.attempts,
        row.reason,
        row.sentAt,
        row.endedAt,
        row.searched,
        row.searchedAt,
        row.pollUntil,
        row.suspended ? 1 : 0,
        row.worker,
        row.location,
        row.version);
    long checksum = checksum(values);
    Collections.addAll(values, checksum, batch);
    return values;
  }

  private long checksum(List<@Nullable Object> values) {
    List<@Nullable Object> all = new ArrayList<>(values);
    all.add(batch);
    return Checksum.of(all);
  }

  private Row read(ResultSet result) throws SQLException {
    String key = String.valueOf(result.getString(1));
    Row row = new Row(key, String.valueOf(result.getString(2)), result.getLong(3));
    try {
      row.model = result.getString(4);
      row.request = result.getString(5);
      row.fingerprint = result.getString(6);
      row.kind = result.getString(7);
      row.state = state(result.getString(8));
      row.clientRequestId = result.getString(9);
      row.generationId = result.getString(10);
      String credits = result.getString(11);
      row.creditsUsed = credits == null ? null : new BigDecimal(credits);
    } catch (IllegalArgumentException e) {
      throw damaged(row);
    }
    row.attempts = result.getInt(12);
    row.reason = result.getString(13);
    row.sentAt = result.getLong(14);
    row.endedAt = result.getLong(15);
    row.searched = result.getLong(16);
    row.searchedAt = result.getLong(17);
    row.pollUntil = result.getLong(18);
    row.suspended = result.getInt(19) != 0;
    row.worker = result.getString(20);
    row.location = result.getString(21);
    row.version = result.getInt(22);
    List<@Nullable Object> values = values(row);
    if (!(result.getObject(23) instanceof Number checksum)
        || !values.get(22).equals(checksum.longValue())) throw damaged(row);
    return row;
  }

  private static RowState state(String name) {
    return RowState.valueOf(name);
  }

  private static RuntimeException damaged(Row row) {
    return Database.unusable("the record of row " + row.name + " is damaged", null);
  }
}
