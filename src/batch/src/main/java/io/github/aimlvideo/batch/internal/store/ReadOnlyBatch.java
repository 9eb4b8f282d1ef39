package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.internal.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Reads a batch beside its workers, in one transaction that changes nothing. */
public final class ReadOnlyBatch {
  /** The name of the batch in a folder. */
  static final String DEFAULT_NAME = "default";

  private static final int BUSY_TIMEOUT = 10_000;

  private ReadOnlyBatch() {}

  /** Of the file in a folder; SQLite lets one process read while another one writes. */
  public static <T> T read(Path folder, Database.Work<T> work) {
    Path file = folder.resolve(BatchFile.NAME);
    if (!Files.exists(file)) throw Database.unusable("there is no batch in " + folder, null);
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    try {
      return read(source, DEFAULT_NAME, work);
    } catch (BatchException e) {
      if (!isHot(folder.resolve(BatchFile.NAME + "-journal"))) throw e;
      String message = "the last run was killed while it wrote to " + file + "; rerun it first";
      throw new BatchException(BatchException.Reason.FAILED, message, e);
    }
  }

  /** SQLite cannot take back what is in a journal without writing. */
  private static boolean isHot(Path journal) {
    try {
      return Files.exists(journal) && Files.size(journal) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Of a batch in a database. */
  public static <T> T read(DataSource dataSource, String name, Database.Work<T> work) {
    return Database.readOnly(dataSource)
        .transaction(
            session -> {
              if (session.number("select count(*) from video_batches where batch = ?", name) == 0)
                throw Database.unusable("there is no batch " + name, null);
              return work.in(session);
            });
  }
}
