package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchProgress;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.database.Database;
import io.github.aimlvideo.batch.internal.database.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Reads how far a batch has come, beside its workers. */
public final class ProgressReader {
  /** The name of the batch in a folder. */
  public static final String DEFAULT_NAME = "default";

  private static final int BUSY_TIMEOUT = 10_000;

  /** How many rows the estimate is made from. */
  private static final int SAMPLE = 100;

  private ProgressReader() {}

  /** Of the file in a folder. */
  public static BatchProgress read(Path folder) {
    return inFile(folder, database -> read(database, DEFAULT_NAME));
  }

  /** Reads the file in a folder; SQLite lets one process read while another one writes. */
  public static <T> T inFile(Path folder, Function<Database, T> reader) {
    Path file = folder.resolve(BatchFile.NAME);
    if (!Files.exists(file)) throw Database.unusable("there is no batch in " + folder, null);
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    try {
      return reader.apply(Database.readOnly(source));
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
  public static BatchProgress read(DataSource dataSource, String name) {
    return read(Database.readOnly(dataSource), name);
  }

  private static BatchProgress read(Database database, String name) {
    return database.transaction(session -> read(session, name));
  }

  private static BatchProgress read(Session session, String name) throws SQLException {
    if (session.number("select count(*) from video_batches where batch = ?", name) == 0)
      throw Database.unusable("there is no batch " + name, null);
    CreateTable creates = new CreateTable(name);
    CreditBudget budget = new CreditBudget(creates.groups(session));
    BatchSummary summary =
        new BatchSummary(
            new RowTable(name).counts(session),
            budget.known(),
            budget.unknownCosts(),
            creates.boughtTwice(session),
            Optional.empty());
    return new BatchProgress(summary, timeLeft(session, name, summary));
  }

  /** When a row was sent, and when its generation ended. */
  private record Span(long sentAt, long endedAt) {}

  private static Optional<Duration> timeLeft(Session session, String name, BatchSummary summary)
      throws SQLException {
    long left =
        summary.rows().entrySet().stream()
            .filter(state -> !state.getKey().isEnd() && state.getKey() != RowState.COMPLETED)
            .mapToLong(state -> state.getValue())
            .sum();
    List<Span> ended =
        session.list(
            "select sent_at, ended_at from video_rows where batch = ? and ended_at > 0"
                + " order by ended_at desc limit ?",
            row -> new Span(row.getLong(1), row.getLong(2)),
            name,
            SAMPLE);
    if (left == 0 || ended.isEmpty()) return Optional.empty();
    long first = ended.stream().mapToLong(Span::sentAt).filter(at -> at > 0).min().orElse(0);
    long time = ended.get(0).endedAt - first;
    if (first == 0 || time <= 0) return Optional.empty();
    return Optional.of(Duration.ofMillis(time * left / ended.size()));
  }
}
