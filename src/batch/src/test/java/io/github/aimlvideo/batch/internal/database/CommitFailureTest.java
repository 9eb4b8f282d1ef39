package io.github.aimlvideo.batch.internal.database;

import static io.github.aimlvideo.batch.BatchFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.batch.BatchFixture;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.batch.fixture.ObservedDataSource;
import io.github.aimlvideo.batch.fixture.Where;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are lost during a commit, so that nobody knows whether it took place. */
class CommitFailureTest {
  @TempDir private Path folder;
  private BatchFixture fixture;
  private final AtomicBoolean lost = new AtomicBoolean();

  @AfterEach
  void close() {
    fixture.close();
  }

  private BatchRow run(String statement, boolean committed) throws InterruptedException {
    fixture = new BatchFixture(Where.POSTGRES, folder);
    DataSource source = failing(fixture.database(), statement, committed);
    try (VideoBatch batch = fixture.on(source).build()) {
      batch.add("fox", request("a fox"));

      assertThat(batch.run().isComplete()).isTrue();
      assertThat(batch.summary().boughtTwice()).isZero();
      assertThat(lost).isTrue();
      assertThat(fixture.api.accepted).hasSize(1);
      return batch.row("fox").orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void claimIsGivenBack(boolean committed) throws InterruptedException {
    BatchRow row = run("insert into video_creates", committed);

    assertThat(row.attempts()).isEqualTo(committed ? 2 : 1);
    assertThat(fixture.api.logRequests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void idIsRecorded(boolean committed) throws InterruptedException {
    BatchRow row = run("update video_creates", committed);

    assertThat(row.attempts()).isEqualTo(1);
    assertThat(row.generationId()).contains("id-1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endOfATaskIsRepeated(boolean committed) throws InterruptedException {
    run("delete from video_tasks", committed);
  }

  /** Loses one connection, when the transaction that has this statement is committed. */
  private DataSource failing(DataSource source, String statement, boolean committed) {
    return ObservedDataSource.of(
        source,
        () ->
            new ObservedDataSource.Observer() {
              private boolean found;

              @Override
              public void onStatement(String sql) {
                if (sql.startsWith(statement)) found = true;
              }

              @Override
              public void onCommit(Connection connection) throws SQLException {
                if (!found || lost.getAndSet(true)) return;
                if (committed) connection.commit();
                connection.abort(Runnable::run);
                throw new SQLException("the connection is lost", "08006");
              }
            });
  }
}
