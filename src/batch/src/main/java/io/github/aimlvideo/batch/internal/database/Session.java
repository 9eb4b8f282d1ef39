package io.github.aimlvideo.batch.internal.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements of one transaction. */
public final class Session {
  /** Rows of a long result that are in memory at once; the driver of PostgreSQL would take all. */
  private static final int FETCHED_ROWS = 500;

  private final Connection connection;
  private final boolean file;

  Session(Connection connection, boolean file) {
    this.connection = connection;
    this.file = file;
  }

  /** Reads one row of a result. */
  public interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  public int update(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  public <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    return read(sql, file ? 0 : FETCHED_ROWS, reader, parameters);
  }

  private <T> List<T> read(
      String sql, int fetchedRows, Reader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    List<T> result = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, parameters)) {
      statement.setFetchSize(fetchedRows);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) result.add(reader.read(rows));
      }
    }
    return result;
  }

  public <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    return read(sql, 0, reader, parameters).stream().findFirst();
  }

  public long number(String sql, @Nullable Object... parameters) throws SQLException {
    return first(sql, row -> row.getLong(1), parameters).orElse(0L);
  }

  /** The end of a query that locks what it reads; SQLite has locked the whole database. */
  public String forUpdate() {
    return file ? "" : " for update";
  }

  /** A column of a query that locks: a process that is frozen holds up the others no longer. */
  public String endIfIdle() {
    return file ? "" : ", set_config('idle_in_transaction_session_timeout', '30s', true)";
  }

  private PreparedStatement prepare(String sql, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
    return statement;
  }
}
