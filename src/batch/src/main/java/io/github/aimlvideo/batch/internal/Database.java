package io.github.aimlvideo.batch.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * An SQLite file or a PostgreSQL database with the tables of batches. Both understand all
 * statements but those that ask {@link #isFile}.
 */
public final class Database {
  public static final String FILE = "batch.db";
  private static final int VERSION = 1;

  /**
   * Of a file, the tasks of the engine are in memory, and made from the rows at the start: no other
   * process needs them, and a poll does not touch the disk.
   */
  private static final String QUEUE = "queue";

  /** Any number; keeps two processes from making the tables at once. */
  private static final long MIGRATION_LOCK = 5_273_648_190_233L;

  private static final int BUSY_TIMEOUT = 60_000;

  private final DataSource dataSource;
  private final boolean file;

  /** Whether transactions of this data source would fail rather than wait for others. */
  private boolean strict;

  private Database(DataSource dataSource, boolean file) {
    this.dataSource = dataSource;
    this.file = file;
  }

  /**
   * A connection to the file of a folder. There is one, as SQLite has one writer; commits are on
   * disk when they return. The rollback journal is used, as damage to a write-ahead log makes
   * SQLite forget commits without a word.
   */
  public static HikariDataSource file(Path folder) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT);
    config.setSynchronous(SynchronousMode.FULL);
    config.setJournalMode(JournalMode.TRUNCATE);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + folder.resolve(FILE).toAbsolutePath());
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(source);
    pool.setMaximumPoolSize(1);
    pool.setMaxLifetime(0);
    pool.setConnectionTimeout(BUSY_TIMEOUT);
    pool.setPoolName("aiml-video-batch");
    pool.setConnectionInitSql("attach database ':memory:' as " + QUEUE);
    try {
      return new HikariDataSource(pool);
    } catch (PoolInitializationException e) {
      throw e.getCause() instanceof SQLException cause ? failed(cause) : e;
    }
  }

  /**
   * Checks a database and makes its tables where they are missing.
   *
   * @throws BatchException if it is damaged, or not from this version
   */
  public static Database open(DataSource dataSource) {
    String product = product(dataSource);
    boolean file = product.equals("SQLite");
    if (!file && !product.equals("PostgreSQL"))
      throw unusable("a batch needs SQLite or PostgreSQL, not " + product, null);
    Database database = new Database(dataSource, file);
    if (file) database.execute(Database::check);
    else database.strict = database.transaction(Database::isStrict);
    database.execute(database::migrate);
    return database;
  }

  /**
   * Only for reading, beside the workers of a batch.
   *
   * @throws BatchException if the database is not that of a batch
   */
  static Database readOnly(DataSource dataSource) {
    Database database = new Database(dataSource, product(dataSource).equals("SQLite"));
    database.execute(
        session -> {
          if (!database.hasSchema(session))
            throw unusable("the database is not from a batch", null);
          checkVersion(session);
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

  /** A file must pass SQLite's own check, and be empty or from a batch. */
  private static void check(Session session) throws SQLException {
    List<String> problems = session.list("pragma integrity_check(1)", row -> row.getString(1));
    if (!problems.equals(List.of("ok")))
      throw unusable("the database is damaged: " + String.join("; ", problems), null);
  }

  private static boolean isStrict(Session session) throws SQLException {
    String level = "show default_transaction_isolation";
    return !session.first(level, row -> row.getString(1)).equals(Optional.of("read committed"));
  }

  private void migrate(Session session) throws SQLException {
    if (!file) session.list("select pg_advisory_xact_lock(" + MIGRATION_LOCK + ")", row -> 0);
    if (!hasSchema(session)) {
      if (file && session.number("select count(*) from sqlite_master") > 0)
        throw unusable("the database is not from a batch", null);
      run(session, "schema.sql", "");
      if (!file) run(session, "tasks.sql", "");
    }
    if (file) run(session, "tasks.sql", QUEUE + ".");
    checkVersion(session);
  }

  private static void checkVersion(Session session) throws SQLException {
    long version = session.number("select max(version) from video_schema");
    if (version != VERSION)
      throw unusable(
          "the database has version " + version + ", this program needs " + VERSION, null);
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
    boolean damaged = e.getErrorCode() == 11 || e.getErrorCode() == 26; // SQLite: CORRUPT, NOTADB
    if (damaged) return unusable("the database is damaged: " + e.getMessage(), e);
    return new BatchException(Reason.FAILED, "the database fails: " + e.getMessage(), e);
  }

  /** Whether a folder has the database of a batch. */
  public static boolean exists(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }
}
