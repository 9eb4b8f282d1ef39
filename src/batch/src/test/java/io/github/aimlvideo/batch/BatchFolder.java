package io.github.aimlvideo.batch;

import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A folder with a batch, and the client of a server. */
final class BatchFolder implements AutoCloseable {
  /** For generations that are still running at the end of a run. */
  static final PollPolicy SHORT = BatchFixture.POLLS.withTimeout(Duration.ofMillis(500));

  final Path path;
  final Path file;
  final VideoClient client;

  BatchFolder(Path path, String url) {
    this.path = path;
    file = path.resolve("batch.db");
    client = BatchFixture.client(url);
  }

  /** Polls often, and does not search for lost creates for long. */
  VideoBatchBuilder builder() {
    return VideoBatch.inFolder(path)
        .client(client)
        .server("server")
        .recoveryTimeout(Duration.ZERO)
        .pollPolicy(BatchFixture.POLLS);
  }

  /** Rows {@code PREFIX0}, {@code PREFIX1} ... with the prefix as their prompts. */
  static Map<String, VideoRequest> rows(String prefix, int count) {
    Map<String, VideoRequest> rows = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) rows.put(prefix + i, BatchFixture.request(prefix));
    return rows;
  }

  /** Changes a database behind the back of the batch. */
  static void sql(Path file, String... statements) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The files of the database by their names. */
  Map<String, byte[]> files() {
    try (var files = Files.list(path)) {
      Map<String, byte[]> contents = new TreeMap<>();
      for (Path found : files.filter(Files::isRegularFile).toList()) {
        String name = found.getFileName().toString();
        if (name.startsWith("batch.db")) contents.put(name, Files.readAllBytes(found));
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
