package io.github.aimlvideo.batch.internal;

import io.github.aimlvideo.batch.BatchException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What holds for all workers of a batch together: how many generations may run, until when creates
 * are paused, and when the logs may be searched next. A rejection (429, 503, no connection) halves
 * the limit and pauses all creates, longer each time; accepted creates raise the limit again, by
 * one for each limit's worth of creates. Read under a lock that ends with the transaction.
 */
final class CreateLimits {
  private static final Duration MIN_PAUSE = Duration.ofSeconds(5);
  private static final Duration MAX_PAUSE = Duration.ofMinutes(2);

  /** The vendor allows 200 requests of its logs a minute. */
  private static final long LOG_INTERVAL = 60_000 / 200;

  private final String batch;
  private double inFlight;
  private int rejections;
  private long rejectingSince;
  private long pausedUntil;
  private long nextLogSearch;
  private long nextPosition;

  private CreateLimits(String batch) {
    this.batch = batch;
  }

  /** Makes the record of a batch, unless there is one. */
  static void make(Session session, BatchConfig config) throws SQLException {
    session.update(
        "insert into video_batches values (?, ?, ?, 0, 0, 0, 0, 0) on conflict do nothing",
        config.name(),
        config.server(),
        config.maxInFlight());
    String server =
        session
            .first(
                "select server from video_batches where batch = ?",
                row -> row.getString(1),
                config.name())
            .orElse("");
    if (!server.equals(config.server())) {
      String message =
          "batch %s belongs to the server %s, not to %s"
              .formatted(config.name(), server, config.server());
      throw new BatchException(BatchException.Reason.UNUSABLE, message, null);
    }
  }

  /** Keeps all other workers from reading the limits until the transaction ends. */
  static CreateLimits lock(Session session, String batch) throws SQLException {
    CreateLimits limits = new CreateLimits(batch);
    String sql =
        "select in_flight_limit, rejections, rejecting_since, paused_until, next_log_search,"
            + " next_position from video_batches where batch = ?"
            + session.forUpdate();
    Optional<Integer> found =
        session.first(
            sql,
            row -> {
              limits.inFlight = row.getDouble(1);
              limits.rejections = row.getInt(2);
              limits.rejectingSince = row.getLong(3);
              limits.pausedUntil = row.getLong(4);
              limits.nextLogSearch = row.getLong(5);
              limits.nextPosition = row.getLong(6);
              return 1;
            },
            batch);
    if (found.isEmpty()) throw Database.unusable("batch " + batch + " is gone", null);
    return limits;
  }

  private void write(Session session) throws SQLException {
    session.update(
        "update video_batches set in_flight_limit = ?, rejections = ?, rejecting_since = ?,"
            + " paused_until = ?, next_log_search = ?, next_position = ? where batch = ?",
        inFlight,
        rejections,
        rejectingSince,
        pausedUntil,
        nextLogSearch,
        nextPosition,
        batch);
  }

  /**
   * Whether one more create can be sent.
   *
   * @param max the limit that the worker was given
   */
  boolean allow(long running, int max, long now) {
    return now >= pausedUntil && running < (int) Math.min(max, inFlight);
  }

  void accepted(Session session, int max) throws SQLException {
    if (rejections == 0 && rejectingSince == 0 && inFlight >= max) return;
    rejections = 0;
    rejectingSince = 0;
    inFlight = Math.max(1, Math.min(max, inFlight + 1 / inFlight));
    write(session);
  }

  /** A create was rejected; returns for how many milliseconds all creates have been rejected. */
  long rejected(Session session, long now) throws SQLException {
    if (rejectingSince == 0) {
      rejectingSince = now;
      write(session);
    }
    return now - rejectingSince;
  }

  /** Starts a pause; empty if there is one, as the create was sent before it. */
  Optional<Duration> pause(Session session, int max, long now) throws SQLException {
    if (now < pausedUntil) return Optional.empty();
    Duration pause = MIN_PAUSE.multipliedBy(1L << Math.min(rejections, 10));
    if (pause.compareTo(MAX_PAUSE) > 0) pause = MAX_PAUSE;
    rejections++;
    inFlight = Math.max(1, Math.min(max, inFlight) / 2);
    pausedUntil = now + pause.toMillis();
    write(session);
    return Optional.of(pause);
  }

  /**
   * Lets a search of the logs start now, or says when the next one may start. Those that wait come
   * back at different times.
   */
  long startLogSearch(Session session, long now) throws SQLException {
    if (now < nextLogSearch)
      return nextLogSearch + ThreadLocalRandom.current().nextLong(10 * LOG_INTERVAL);
    nextLogSearch = now + LOG_INTERVAL;
    write(session);
    return now;
  }

  /** The positions of new rows begin here. */
  long reservePositions(Session session, int rows) throws SQLException {
    long first = nextPosition;
    nextPosition += rows;
    write(session);
    return first;
  }
}
