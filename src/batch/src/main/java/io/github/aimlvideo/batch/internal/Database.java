package io.github.aimlvideo.batch.internal;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
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
  private static final int VERSION = 1;

  /** In the header of a file, so that a foreign one is told from a damaged one. */
  static final int APPLICATION_ID = 0x41494D56; // "AIMV"

  /**
   * Of a file, the tasks of the engine are in memory, and made from the rows at the start: no other
   * process needs them, and a poll does not touch the disk.
   */
  static final String QUEUE = "queue";

  /** Any number; keeps two processes from making the tables at once. */
  private static final long MIGRATION_LOCK = 5_273_648_190_233L;

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
    database.execute(database::migrate);
    return database;
  }

  /**
   * Only for reading, beside the workers of a batch.
   *
   * @throws BatchException if the database is not that of a batch
   */
  static Database readOnly(DataSource dataSource) {
    Database database = new Database(dataSource, product(dataSource).equals("SQLite"), null);
    database.execute(
        session -> {
          if (!database.hasSchema(session))
            throw unusable("the database is not from a batch", null);
          database.checkVersion(session);
        });
    return database;
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
  static void check(DataSource file) {
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

  private void migrate(Session session) throws SQLException {
    if (!file) session.list("select pg_advisory_xact_lock(" + MIGRATION_LOCK + ")", row -> 0);
    if (!hasSchema(session)) makeSchema(session);
    if (file) run(session, "tasks.sql", QUEUE + ".");
    checkVersion(session);
  }

  private void checkVersion(Session session) throws SQLException {
    long version = session.number("select max(version) from video_schema");
    if (version != VERSION)
      throw unusable(
          "the database has version " + version + ", this program needs " + VERSION, null);
    if (file && !tables(session).equals(expectedTables()))
      throw damaged("its tables are not those of a batch", null);
  }

  private void makeSchema(Session session) throws SQLException {
    if (file && session.number("select count(*) from sqlite_master") > 0)
      throw unusable("the database is not from a batch", null);
    if (file) session.update("pragma application_id = " + APPLICATION_ID);
    run(session, "schema.sql", "");
    if (!file) run(session, "tasks.sql", "");
  }

  /**
   * Damage to the type of a column would change what is written to it, and be noticed by nobody.
   */
  private static List<String> tables(Session session) throws SQLException {
    String sql = "select type, name, tbl_name, sql from sqlite_master where sql is not null";
    return session.list(
        sql + " order by name",
        row ->
            String.join(
                "|", row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
  }

  private static List<String> expectedTables() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      Session session = new Session(connection, true);
      run(session, "schema.sql", "");
      return tables(session);
    }
  }

  private boolean hasSchema(Session session) throws SQLException {
    String exists =
        file
            ? "select count(*) from sqlite_master where name = 'video_schema'"
            : "select count(*) from pg_class where oid = to_regclass('video_schema')";
    return session.number(exists) > 0;
  }

  private static void run(Session session, String script, String queue) throws SQLException {
    try (InputStream in = Database.class.getResourceAsStream(script)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("%s", queue);
      for (String statement : text.split(";\\s*\n")) session.update(statement);
    } catch (IOException e) {
      throw new AssertionError("a resource of this jar", e);
    }
  }

  /** Whether this is a file that one process has to itself. */
  boolean isFile() {
    return file;
  }

  /** Whether all other processes that worked on it have ended. */
  boolean isOfOneProcess() {
    return file && (lock == null || lock.isProofOfOneProcess());
  }

  /** Makes sure that no other process works on a file. */
  void renewLock() {
    if (lock != null) lock.renew();
  }

  /** For the engine. */
  DataSource dataSource() {
    return dataSource;
  }

  /** Work in one transaction. */
  interface Work<T> {
    T in(Session session) throws SQLException;
  }

  /**
   * Runs work in a transaction of its own: all of it is committed when this returns, or nothing.
   *
   * @throws BatchException if the database fails
   */
  <T> T transaction(Work<T> work) {
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
  interface Action {
    void in(Session session) throws SQLException;
  }

  /** Runs work in a transaction of its own, as {@link #transaction} does. */
  void execute(Action action) {
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

  static BatchException unusable(String message, @Nullable Throwable cause) {
    return new BatchException(Reason.UNUSABLE, message, cause);
  }

  static BatchException failed(SQLException e) {
    if (e instanceof SQLiteException sqlite && !FOR_NOW.contains(primary(sqlite)))
      return damaged(String.valueOf(e.getMessage()), e);
    return new BatchException(Reason.FAILED, "the database fails: " + e.getMessage(), e);
  }

  private static int primary(SQLiteException e) {
    return e.getResultCode().code & 0xff;
  }

  private static BatchException damaged(String detail, @Nullable Throwable cause) {
    return unusable("the database is damaged: " + detail, cause);
  }
}
