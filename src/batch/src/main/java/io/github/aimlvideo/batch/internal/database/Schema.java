package io.github.aimlvideo.batch.internal.database;

import static io.github.aimlvideo.batch.internal.database.Database.damaged;
import static io.github.aimlvideo.batch.internal.database.Database.unusable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** The tables of a database: made where they are missing, refused if they are others. */
public final class Schema {
  /** In the header of a file, so that a foreign one is told from a damaged one. */
  public static final int APPLICATION_ID = 0x41494D56; // "AIMV"

  /**
   * Of a file, the tasks of the engine are in memory, and made from the rows at the start: no other
   * process needs them, and a poll does not touch the disk.
   */
  public static final String QUEUE = "queue";

  private static final int VERSION = 1;

  /** Any number; keeps two processes from making the tables at once. */
  private static final long MIGRATION_LOCK = 5_273_648_190_233L;

  private final Session session;
  private final boolean file;

  Schema(Session session, boolean file) {
    this.session = session;
    this.file = file;
  }

  /** Changes nothing. */
  void check() throws SQLException {
    if (!hasSchema()) throw unusable("the database is not from a batch", null);
    checkVersion();
  }

  /** Makes the tables where they are missing. */
  void migrate() throws SQLException {
    if (!file) session.list("select pg_advisory_xact_lock(" + MIGRATION_LOCK + ")", row -> 0);
    if (!hasSchema()) makeSchema();
    if (file) run(session, "tasks.sql", QUEUE + ".");
    checkVersion();
  }

  private void checkVersion() throws SQLException {
    long version = session.number("select max(version) from video_schema");
    if (version != VERSION)
      throw unusable(
          "the database has version " + version + ", this program needs " + VERSION, null);
    if (file && !tables(session).equals(expectedTables()))
      throw damaged("its tables are not those of a batch", null);
  }

  private void makeSchema() throws SQLException {
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

  /** Whether there are tables of batches, of whatever version. */
  boolean hasSchema() throws SQLException {
    String exists =
        file
            ? "select count(*) from sqlite_master where name = 'video_schema'"
            : "select count(*) from pg_class where oid = to_regclass('video_schema')";
    return session.number(exists) > 0;
  }

  private static void run(Session session, String script, String queue) throws SQLException {
    try (InputStream in = Schema.class.getResourceAsStream(script)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("%s", queue);
      for (String statement : text.split(";\\s*\n")) session.update(statement);
    } catch (IOException e) {
      throw new AssertionError("a resource of this jar", e);
    }
  }
}
