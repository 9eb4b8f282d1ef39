package io.github.aimlvideo.batch.internal.steps;

import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.database.Session;
import io.github.aimlvideo.batch.internal.store.CreateLimits;
import io.github.aimlvideo.batch.internal.store.Row;
import io.github.aimlvideo.batch.internal.store.RowTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Gives tasks to rows that nothing is done for: an earlier worker left or suspended them. */
final class RowResumption {
  private static final RowState[] ALL_SENT = {
    RowState.CREATING, RowState.RUNNING, RowState.COMPLETED, RowState.UNKNOWN, RowState.SAVED
  };

  private final WorkerContext context;

  RowResumption(WorkerContext context) {
    this.context = context;
  }

  /** When the worker starts: all rows of a file, else those that other workers leave. */
  void resumeAll() {
    long now = context.clock.millis();
    boolean alone = context.store.database().isFile();
    context
        .store
        .database()
        .execute(
            session -> {
              if (alone) resumeFile(session, now);
              else resumeIdle(session, now);
            });
  }

  /** While the worker runs: the rows that nothing is done for. */
  void resumeIdle() {
    long now = context.clock.millis();
    context
        .store
        .database()
        .execute(
            session -> {
              CreateLimits.lock(session, context.config.name()).endRejections(session);
              resumeIdle(session, now);
            });
  }

  private void resumeFile(Session session, long now) throws SQLException {
    CreateLimits.lock(session, context.config.name()).resume(session, now);
    resume(session, context.store.rows().keys(session, ALL_SENT), row -> true, now);
  }

  private void resumeIdle(Session session, long now) throws SQLException {
    List<String> idle = context.store.rows().idleKeys(session, context.tasks.taskName(), now);
    resume(session, idle, RowResumption::isUnfinished, now);
  }

  private void resume(Session session, List<String> keys, Predicate<Row> condition, long now)
      throws SQLException {
    RowTable rows = context.store.rows();
    Set<String> fresh = new HashSet<>(rows.suspendedNew(session));
    for (String key : inLockOrder(keys, fresh)) {
      Optional<Row> row = rows.lock(session, key);
      if (fresh.contains(key)) resumeNew(session, row);
      else if (row.filter(condition).isPresent()) resume(session, row.get(), now);
    }
  }

  /** As all transactions that lock several rows, so that none waits for another in a circle. */
  private static List<String> inLockOrder(List<String> sent, Set<String> fresh) {
    return Stream.concat(sent.stream(), fresh.stream()).sorted().toList();
  }

  private void resumeNew(Session session, Optional<Row> row) throws SQLException {
    if (row.isEmpty()) return;
    row.get().suspended = false;
    context.store.rows().update(session, row.get());
  }

  private static boolean isUnfinished(Row row) {
    return row.isInProgress() || row.state == RowState.UNKNOWN;
  }

  private void resume(Session session, Row row, long now) throws SQLException {
    if (row.state == RowState.SAVED) {
      Optional<Path> video = context.config.video(row.name);
      if (video.isEmpty() || Files.isRegularFile(video.get())) return;
      row.state = RowState.COMPLETED; // the video is gone from the folder: download it again
      row.location = null;
    }
    long timeout = now + context.config.pollPolicy().timeout().toMillis();
    boolean clockWasSet = row.pollUntil > timeout;
    if (row.state == RowState.RUNNING && (row.pollUntil <= now || clockWasSet))
      row.pollUntil = timeout;
    if (row.searchedAt != 0 && context.store.database().isFile()) row.searchedAt = now;
    row.suspended = false;
    if (row.state == RowState.UNKNOWN) context.searching.add(row.key);
    context.store.rows().update(session, row);
    context.tasks.schedule(session, row, now);
  }
}
