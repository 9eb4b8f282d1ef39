package io.github.aimlvideo.batch.internal.database;

import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.store.CreateTable;
import io.github.aimlvideo.batch.internal.store.Row;
import io.github.aimlvideo.batch.internal.store.RowTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A transaction that has begun to change the file of a batch: what a process leaves that is killed
 * within a commit. Takes the change back when it is closed.
 */
public final class HotJournal implements AutoCloseable {
  private final Connection connection;

  /** Claims the new rows and completes those that run; most of it is in the file already. */
  public HotJournal(Path file, String batch) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    Session session = new Session(connection, true);
    session.list("pragma journal_mode = truncate", row -> 0);
    session.update("pragma cache_size = 1"); // what does not fit is written at once
    connection.setAutoCommit(false);
    RowTable rows = new RowTable(batch);
    for (String key : rows.keys(session, RowState.NEW, RowState.RUNNING)) {
      change(session, batch, rows, rows.find(session, key).orElseThrow());
    }
  }

  private static void change(Session session, String batch, RowTable rows, Row row)
      throws SQLException {
    if (row.state == RowState.RUNNING) {
      row.state = RowState.COMPLETED;
      row.endedAt = row.sentAt + 1000;
    } else {
      row.state = RowState.CREATING;
      row.clientRequestId = UUID.randomUUID().toString();
      row.sentAt = 1;
      row.worker = "killed";
      new CreateTable(batch).sent(session, row, null);
    }
    rows.update(session, row);
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
