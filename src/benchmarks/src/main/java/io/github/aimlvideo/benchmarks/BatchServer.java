package io.github.aimlvideo.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A PostgreSQL whose commits are on disk when they return: the one that the environment variable
 * {@code AIML_VIDEO_TEST_DB} names with a JDBC URL, or one of its own.
 */
final class BatchServer implements AutoCloseable {
  /**
   * In /proc/PID/stat, after the name: user and system time of a process, and of ended children.
   */
  private static final int FIRST_TIME = 11;

  private static final double TICKS_PER_SECOND = 100;

  private final EmbeddedPostgres own;
  private final Path data;
  private final String url;
  private final HikariDataSource database = new HikariDataSource();

  private BatchServer(EmbeddedPostgres own, Path data, String url) {
    this.own = own;
    this.data = data;
    this.url = url;
    database.setJdbcUrl(url);
    database.setMaximumPoolSize(1);
  }

  /** Starts a server in a folder, unless there is one. */
  static BatchServer start(Path data) throws IOException {
    String url = System.getenv("AIML_VIDEO_TEST_DB");
    if (url != null) return new BatchServer(null, data, url);
    EmbeddedPostgres own =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setServerConfig("fsync", "on") // by default, tests are faster
            .setServerConfig("synchronous_commit", "on")
            .start();
    return new BatchServer(own, data, own.getJdbcUrl("postgres", "postgres"));
  }

  /** Makes an empty schema, and returns the URL that has the tables there. */
  String makeSchema(String name) throws SQLException {
    execute("drop schema if exists " + name + " cascade");
    execute("create schema " + name);
    return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + name;
  }

  void dropSchema(String name) throws SQLException {
    execute("drop schema " + name + " cascade");
  }

  /** All tables of a schema, with their indexes. */
  double bytes(String schema) throws SQLException {
    return number(
        "select sum(pg_total_relation_size(oid)) from pg_class where relkind = 'r'"
            + " and relnamespace = '%s'::regnamespace".formatted(schema));
  }

  double commits() throws SQLException {
    return number("select xact_commit from pg_stat_database where datname = current_database()");
  }

  double logBytes() throws SQLException {
    return number("select pg_current_wal_lsn() - '0/0'::pg_lsn");
  }

  /** CPU time of the server's processes; 0 if it is another machine's. */
  double cpuSeconds() throws IOException {
    if (own == null) return 0;
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
    double seconds = cpuSeconds(pid, 4);
    List<ProcessHandle> backends = ProcessHandle.of(pid).orElseThrow().children().toList();
    try {
      for (ProcessHandle backend : backends) seconds += cpuSeconds(backend.pid(), 2);
    } catch (NoSuchFileException e) {
      return cpuSeconds(); // a backend ended meanwhile: now its time is the server's
    }
    return seconds;
  }

  private static double cpuSeconds(long pid, int times) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    double ticks = 0;
    for (int i = 0; i < times; i++) ticks += Long.parseLong(fields[FIRST_TIME + i]);
    return ticks / TICKS_PER_SECOND;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private double number(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getDouble(1);
    }
  }

  @Override
  public void close() throws IOException {
    database.close();
    if (own != null) own.close();
  }
}
