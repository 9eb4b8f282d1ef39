package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.InvalidRowsException;
import io.github.aimlvideo.batch.RowProblem;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.database.Database;
import io.github.aimlvideo.batch.internal.database.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rows that a caller asks for: checks and adds them. */
final class RequestedRows {
  private final BatchConfig config;
  private final Database database;
  private final RowTable rows;
  private final RequestStore requests;

  RequestedRows(BatchConfig config, Database database, RowTable rows, RequestStore requests) {
    this.config = config;
    this.database = database;
    this.rows = rows;
    this.requests = requests;
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
          Row row = new Row(Row.key(name), name, 0);
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
    return problem(wanted, rows.find(session, wanted.key), config::isTaken, replace);
  }

  /**
   * Why a row cannot be added.
   *
   * @param found the row of this name, if there is one
   * @param isTaken whether a file has the name of the video
   */
  static @Nullable RowProblem problem(
      Row wanted, Optional<Row> found, Predicate<String> isTaken, boolean replace) {
    String name = wanted.name;
    if (!RowName.isValid(name)) return RowProblem.INVALID_NAME;
    if (found.isEmpty()) return isTaken.test(name) ? RowProblem.FILE_EXISTS : null;
    Row row = found.get();
    if (!row.name.equals(name)) return RowProblem.SAME_NAME;
    boolean needsFile = row.state == RowState.NEW && row.location == null;
    if (needsFile && isTaken.test(name)) return RowProblem.FILE_EXISTS;
    if (row.isSameRequest(wanted)) return null;
    if (!replace) return RowProblem.CHANGED;
    return row.isInProgress() ? RowProblem.RUNNING : null;
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
          for (Row row : wanted) row.position = position++;
          // rows are locked in the order of their keys, so that workers do not wait in a circle
          List<Row> byKey = new ArrayList<>(wanted);
          byKey.sort(Comparator.comparing(row -> row.key));
          for (Row row : byKey) add(session, row);
        });
  }

  private void add(Session session, Row wanted) throws SQLException {
    Optional<Row> found = rows.lock(session, wanted.key);
    if (found.isEmpty()) {
      rows.insert(session, wanted);
    } else if (!found.get().isSameRequest(wanted)) {
      Row row = found.get();
      row.setRequest(wanted);
      row.renew();
      rows.update(session, row);
    }
  }
}
