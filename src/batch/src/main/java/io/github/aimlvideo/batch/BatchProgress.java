package io.github.aimlvideo.batch;

import io.github.aimlvideo.batch.internal.store.ProgressReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * How far a batch has come, read beside its workers: without a client, without waiting for them,
 * and without writing anything.
 *
 * @param timeLeft estimated from the rows that ended last; empty if none has, or none is left
 */
public record BatchProgress(BatchSummary summary, Optional<Duration> timeLeft) {
  /**
   * Of the batch in a folder.
   *
   * @throws BatchException if the folder has no batch, or it cannot be read
   */
  public static BatchProgress inFolder(Path folder) {
    return ProgressReader.read(Objects.requireNonNull(folder, "folder"));
  }

  /**
   * Of a batch in a PostgreSQL database.
   *
   * @throws BatchException if the database has no batch of this name, or cannot be read
   */
  public static BatchProgress on(DataSource dataSource, String name) {
    return ProgressReader.read(dataSource, Objects.requireNonNull(name, "name"));
  }
}
