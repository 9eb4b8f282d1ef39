package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.batch.internal.database.Session;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * What a batch has sent so far, read beside its workers.
 *
 * @param server the base URL of its server; empty if it was not given
 * @param creates all creates
 * @param rows the rows that a create was sent for
 */
public record BatchHistory(String server, List<SentCreate> creates, List<SentRow> rows) {
  /** Of the batch in a folder. */
  public static BatchHistory read(Path folder) {
    return ReadOnlyBatch.read(folder, session -> read(session, ReadOnlyBatch.DEFAULT_NAME));
  }

  /** Of a batch in a database. */
  public static BatchHistory read(DataSource dataSource, String name) {
    return ReadOnlyBatch.read(dataSource, name, session -> read(session, name));
  }

  private static BatchHistory read(Session session, String name) throws SQLException {
    String sql = "select server from video_batches where batch = ?";
    String server = session.first(sql, row -> row.getString(1), name).orElse("");
    // the rows last: the state of a row says more than that of its last create
    List<SentCreate> creates = new CreateTable(name).sent(session);
    return new BatchHistory(server, creates, new RowTable(name).sent(session));
  }
}
