package io.github.aimlvideo.batch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL for tests: the one that the environment variable {@code AIML_VIDEO_TEST_DB}
 * names with a JDBC URL, or one that is started once for all tests of this process. It runs where
 * Maven Central has its programs, for instance on Linux with an amd64 processor.
 */
final class PostgresServer implements AutoCloseable {
  private static final AtomicInteger BATCHES = new AtomicInteger();

  private final EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** A server of its own, which can be ended and started again on the same folder and port. */
  static PostgresServer start(Path data, int port) {
    try {
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "off")
              .setServerConfig("max_connections", "100");
      if (port != 0) builder.setPort(port);
      if (data != null) builder.setDataDirectory(data).setCleanDataDirectory(false);
      return new PostgresServer(builder.start());
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "no PostgreSQL can be started here; name one with AIML_VIDEO_TEST_DB=jdbc:postgresql:...",
          e);
    }
  }

  int port() {
    return server.getPort();
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL cannot be stopped", e);
    }
  }

  private static final class Shared {
    /** Ends with the process. */
    static final String URL = named() != null ? named() : start(null, 0).url();

    private static String named() {
      return System.getenv("AIML_VIDEO_TEST_DB");
    }
  }

  /** The server of all tests. */
  static String sharedUrl() {
    return Shared.URL;
  }

  /** Connections to the server of all tests. */
  static HikariDataSource shared() {
    return pool(sharedUrl(), 10);
  }

  /** Connections to a server. */
  static HikariDataSource pool(String url, int size) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setConnectTimeout(5);
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(source);
    pool.setMaximumPoolSize(size);
    pool.setInitializationFailTimeout(-1);
    pool.setConnectionTimeout(5_000);
    return new HikariDataSource(pool);
  }

  /** A name for a batch, as a database may have those of earlier runs. */
  static String newBatch() {
    return "test-"
        + ProcessHandle.current().pid()
        + "-"
        + System.nanoTime()
        + "-"
        + BATCHES.incrementAndGet();
  }
}
