package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.batch.BatchProgress;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.database.Session;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads how far a batch has come, beside its workers. */
public final class ProgressReader {
  /** How many rows the estimate is made from. */
  private static final int SAMPLE = 100;

  private ProgressReader() {}

  /** Of the file in a folder. */
  public static BatchProgress read(Path folder) {
    return ReadOnlyBatch.read(folder, session -> read(session, ReadOnlyBatch.DEFAULT_NAME));
  }

  /** Of a batch in a database. */
  public static BatchProgress read(DataSource dataSource, String name) {
    return ReadOnlyBatch.read(dataSource, name, session -> read(session, name));
  }

  private static BatchProgress read(Session session, String name) throws SQLException {
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
