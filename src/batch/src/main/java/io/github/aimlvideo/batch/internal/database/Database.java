package io.github.aimlvideo.batch.internal.database;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * An SQLite file or a PostgreSQL database with the tables of batches. Both understand all
 * statements but those that ask {@link #isFile}.
 */
public final class Database {
  /** Results of SQLite that may be another one later: BUSY, NOMEM, IOERR, FULL ... */
  private static final Set<Integer> FOR_NOW = Set.of(5, 6, 7, 8, 9, 10, 13, 14, 15, 22);

  private final DataSource dataSource;
  private final boolean file;
  private final @Nullable FolderLock lock;

  /** Whether transactions of this data source would fail rather than wait for others. */
  private boolean strict;

  private Database(DataSource dataSource, boolean file, @Nullable FolderLock lock) {
    this.dataSource = dataSource;
    this.file = file;
    this.lock = lock;
  }

  /**
   * Checks a database and makes its tables where they are missing.
   *
   * @param lock that keeps other processes from the database; null if it has none
   * @throws BatchException if it is damaged, or not from this version
   */
  public static Database open(DataSource dataSource, @Nullable FolderLock lock) {
    String product = product(dataSource);
    boolean file = product.equals("SQLite");
    if (!file && !product.equals("PostgreSQL"))
      throw unusable("a batch needs SQLite or PostgreSQL, not " + product, null);
    Database database = new Database(dataSource, file, lock);
    if (!file) database.strict = database.transaction(Database::isStrict);
    database.execute(session -> new Schema(session, file).migrate());
    return database;
  }

  /**
   * Only for reading, beside the workers of a batch.
   *
   * @throws BatchException if the database is not that of a batch
   */
  public static Database readOnly(DataSource dataSource) {
    Database database = new Database(dataSource, product(dataSource).equals("SQLite"), null);
    database.execute(session -> new Schema(session, database.file).check());
    return database;
  }

  /** As {@link #readOnly}; empty if the database has no tables of batches yet. */
  public static Optional<Database> readOnlyIfMade(DataSource dataSource) {
    Database database = new Database(dataSource, product(dataSource).equals("SQLite"), null);
    boolean made = database.transaction(session -> new Schema(session, database.file).hasSchema());
    return made ? Optional.of(readOnly(dataSource)) : Optional.empty();
  }

  private static String product(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      return connection.getMetaData().getDatabaseProductName();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * SQLite's own check of a file.
   *
   * @throws BatchException if it is damaged
   */
  public static void check(DataSource file) {
    try (Connection connection = file.getConnection()) {
      String check = "pragma integrity_check(1)";
      List<String> problems = new Session(connection, true).list(check, row -> row.getString(1));
      if (!problems.equals(List.of("ok"))) throw damaged(String.join("; ", problems), null);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static boolean isStrict(Session session) throws SQLException {
    String level = "show default_transaction_isolation";
    return !session.first(level, row -> row.getString(1)).equals(Optional.of("read committed"));
  }

  /** Whether this is a file that one process has to itself. */
  public boolean isFile() {
    return file;
  }

  /** Whether all other processes that worked on it have ended. */
  public boolean isOfOneProcess() {
    return file && (lock == null || lock.isProofOfOneProcess());
  }

  /** Makes sure that no other process works on a file. */
  public void renewLock() {
    if (lock != null) lock.renew();
  }

  /** For the engine. */
  public DataSource dataSource() {
    return dataSource;
  }

  /** Work in one transaction. */
  public interface Work<T> {
    T in(Session session) throws SQLException;
  }

  /**
   * Runs work in a transaction of its own: all of it is committed when this returns, or nothing.
   *
   * @throws BatchException if the database fails
   */
  public <T> T transaction(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        Session session = new Session(connection, file);
        if (strict) session.update("set transaction isolation level read committed");
        T result = work.in(session);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      } finally {
        restore(connection, autoCommit);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** A connection that has failed meanwhile is not used again, and says nothing of the commit. */
  private static void restore(Connection connection, boolean autoCommit) {
    try {
      connection.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      // the pool finds it broken
    }
  }

  /** Work in one transaction, without a result. */
  public interface Action {
    void in(Session session) throws SQLException;
  }

  /** Runs work in a transaction of its own, as {@link #transaction} does. */
  public void execute(Action action) {
    transaction(
        session -> {
          action.in(session);
          return true;
        });
  }

  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  public static BatchException unusable(String message, @Nullable Throwable cause) {
    return new BatchException(Reason.UNUSABLE, message, cause);
  }

  public static BatchException failed(SQLException e) {
    if (e instanceof SQLiteException sqlite && !FOR_NOW.contains(primary(sqlite)))
      return damaged(String.valueOf(e.getMessage()), e);
    return new BatchException(Reason.FAILED, "the database fails: " + e.getMessage(), e);
  }

  private static int primary(SQLiteException e) {
    return e.getResultCode().code & 0xff;
  }

  static BatchException damaged(String detail, @Nullable Throwable cause) {
    return unusable("the database is damaged: " + detail, cause);
  }
}
