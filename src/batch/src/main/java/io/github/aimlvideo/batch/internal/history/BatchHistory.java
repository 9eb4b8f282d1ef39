package io.github.aimlvideo.batch.internal.history;

import io.github.aimlvideo.batch.internal.database.Database;
import io.github.aimlvideo.batch.internal.database.Session;
import io.github.aimlvideo.batch.internal.store.CreateTable;
import io.github.aimlvideo.batch.internal.store.ProgressReader;
import io.github.aimlvideo.batch.internal.store.RowTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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
    return ProgressReader.inFile(folder, database -> read(database, ProgressReader.DEFAULT_NAME));
  }

  /** Of a batch in a database. */
  public static BatchHistory read(DataSource dataSource, String name) {
    return read(Database.readOnly(dataSource), name);
  }

  private static BatchHistory read(Database database, String name) {
    return database.transaction(session -> read(session, name));
  }

  private static BatchHistory read(Session session, String name) throws SQLException {
    String sql = "select server from video_batches where batch = ?";
    Optional<String> server = session.first(sql, row -> row.getString(1), name);
    if (server.isEmpty()) throw Database.unusable("there is no batch " + name, null);
    // the rows last: the state of a row says more than that of its last create
    List<SentCreate> creates =
        new CreateTable(name).all(session).stream().map(SentCreate::of).toList();
    return new BatchHistory(server.get(), creates, new RowTable(name).sent(session, SentRow::of));
  }
}
