package io.github.aimlvideo.batch.internal.database;

import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.store.Row;
import io.github.aimlvideo.batch.internal.store.RowTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Changes all times of a file, as if the clock had been set between two runs. */
public final class ShiftedTimes {
  private static final String BATCH = "default";

  private ShiftedTimes() {}

  /** Moves them by so many milliseconds. */
  public static void shift(Path file, long millis) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      Session session = new Session(connection, true);
      RowTable rows = new RowTable(BATCH);
      for (String key : rows.keys(session, RowState.values())) {
        Row row = rows.find(session, key).orElseThrow();
        if (row.sentAt != 0) row.sentAt += millis;
        if (row.endedAt != 0) row.endedAt += millis;
        if (row.searchedAt != 0) row.searchedAt += millis;
        if (row.pollUntil != 0) row.pollUntil += millis;
        rows.update(session, row);
      }
      shiftLimits(session, millis);
    }
  }

  private static void shiftLimits(Session session, long millis) throws SQLException {
    String sql = "select in_flight_limit, next_position, server from video_batches";
    List<Object> values =
        session
            .list(
                sql,
                row ->
                    List.<Object>of(
                        Double.doubleToLongBits(row.getDouble(1)),
                        1,
                        now(millis),
                        now(millis),
                        now(millis),
                        row.getLong(2),
                        row.getString(3),
                        BATCH))
            .get(0);
    session.update(
        "update video_batches set rejections = 1, rejecting_since = ?, paused_until = ?,"
            + " next_log_search = ?, checksum = ?",
        values.get(2),
        values.get(3),
        values.get(4),
        Checksum.of(values));
  }

  private static long now(long millis) {
    return System.currentTimeMillis() / 1000 * 1000 + millis;
  }
}
