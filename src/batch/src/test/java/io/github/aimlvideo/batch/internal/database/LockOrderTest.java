package io.github.aimlvideo.batch.internal.database;

import static io.github.aimlvideo.batch.BatchFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.BatchFixture;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.batch.fixture.Where;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions lock rows in the order of their keys, whatever the order of the manifest. */
class LockOrderTest {
  private static final String BLOCKED =
      "select 1 from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))";
  private static final String LOCK =
      "select 1 from video_rows where batch = ? and row_key = ? for update skip locked";

  @TempDir private Path folder;
  private BatchFixture fixture;

  @BeforeEach
  void start() {
    fixture = new BatchFixture(Where.POSTGRES, folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Map<String, VideoRequest> rows(String prompt) {
    Map<String, VideoRequest> rows = new LinkedHashMap<>();
    rows.put("b", request(prompt));
    rows.put("a", request(prompt));
    return rows;
  }

  @Test
  void rowsAreReplacedInTheOrderOfTheirKeys() throws Exception {
    try (VideoBatch batch = fixture.builder().build()) {
      batch.addAll(rows("old"));

      assertLocksTheFirstKeyFirst(() -> batch.replaceAll(rows("new")));
      assertThat(batch.rows()).extracting(BatchRow::name).containsExactly("b", "a");
    }
  }

  @Test
  void newRowsHaveTheOrderOfTheManifest() {
    try (VideoBatch batch = fixture.builder().build()) {
      batch.addAll(rows("new"));

      assertThat(batch.rows()).extracting(BatchRow::name).containsExactly("b", "a");
    }
  }

  @Test
  void rowsAreResumedInTheOrderOfTheirKeys() throws Exception {
    fixture.api.polls = Integer.MAX_VALUE;
    try (VideoBatch batch = fixture.builder().build()) {
      batch.addAll(rows("new"));
      batch.start();
      BatchFixture.await("both run", () -> batch.summary().count(RowState.RUNNING) == 2);
    }
    try (Connection connection = fixture.database().getConnection()) {
      execute(connection, "delete from video_tasks where task_name = ?", "video:" + fixture.name);
    }
    try (VideoBatch batch = fixture.builder().build()) {
      assertLocksTheFirstKeyFirst(batch::start);
    }
  }

  private void assertLocksTheFirstKeyFirst(Runnable action) throws Exception {
    try (Connection connection = fixture.database().getConnection()) {
      connection.setAutoCommit(false);
      assertThat(execute(connection, LOCK, fixture.name, "a")).isTrue();
      CompletableFuture<Void> locking = CompletableFuture.runAsync(action);
      try {
        BatchFixture.await("it waits for the row", () -> execute(connection, BLOCKED));

        assertThat(execute(connection, LOCK, fixture.name, "b")).isTrue();
      } finally {
        connection.rollback();
        locking.get(30, TimeUnit.SECONDS);
      }
    }
  }

  /** Returns whether there is a result that has a row. */
  private static boolean execute(Connection connection, String sql, String... values) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
      if (!statement.execute()) return false;
      try (ResultSet result = statement.getResultSet()) {
        return result.next();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
