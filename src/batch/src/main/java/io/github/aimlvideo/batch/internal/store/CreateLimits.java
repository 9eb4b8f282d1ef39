package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.internal.database.Checksum;
import io.github.aimlvideo.batch.internal.database.Database;
import io.github.aimlvideo.batch.internal.database.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all workers of a batch together: how many generations may run, until when creates
 * are paused, and when the logs may be searched next. A rejection (429, 503, no connection) halves
 * the limit and pauses all creates, longer each time; accepted creates raise the limit again, by
 * one for each limit's worth of creates. Read under a lock that ends with the transaction.
 */
public final class CreateLimits {
  private static final Duration MIN_PAUSE = Duration.ofSeconds(5);
  private static final Duration MAX_PAUSE = Duration.ofMinutes(2);

  /** The vendor allows 200 requests of its logs a minute. */
  private static final long LOG_INTERVAL = 60_000 / 200;

  /** More than any worker is given; the limit shrinks where the server rejects creates. */
  private static final double NO_LIMIT = 10_000;

  /** Rejections so long ago are those of an earlier run. */
  private static final Duration NEW_RUN = Duration.ofMinutes(10);

  private final String batch;
  private String server = "";
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
    CreateLimits limits = new CreateLimits(config.name());
    limits.server = config.server();
    limits.inFlight = NO_LIMIT;
    session.update(
        "insert into video_batches (in_flight_limit, rejections, rejecting_since, paused_until,"
            + " next_log_search, next_position, checksum, server, batch)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
        limits.values(limits.server, config.name()));
    String server = lock(session, config.name()).server;
    checkServer(config.name(), server, config.server());
  }

  /** Ids are valid at the server of a batch only. */
  static void checkServer(String batch, String server, String other) {
    if (server.equals(other)) return;
    String message = "batch %s belongs to the server %s, not to %s".formatted(batch, server, other);
    throw new BatchException(BatchException.Reason.OTHER_SERVER, message, null);
  }

  /** Keeps all other workers from locking the limits until the transaction ends. */
  public static CreateLimits lock(Session session, String batch) throws SQLException {
    return read(session, batch, session.forUpdate());
  }

  private static CreateLimits read(Session session, String batch, String lock) throws SQLException {
    CreateLimits limits = new CreateLimits(batch);
    String sql =
        "select in_flight_limit, rejections, rejecting_since, paused_until, next_log_search,"
            + " next_position, checksum, server"
            + session.endIfIdle()
            + " from video_batches where batch = ?"
            + lock;
    Optional<Boolean> whole =
        session.first(
            sql,
            row -> {
              limits.inFlight = row.getDouble(1);
              limits.rejections = row.getInt(2);
              limits.rejectingSince = row.getLong(3);
              limits.pausedUntil = row.getLong(4);
              limits.nextLogSearch = row.getLong(5);
              limits.nextPosition = row.getLong(6);
              limits.server = row.getString(8);
              return row.getLong(7) == limits.checksum();
            },
            batch);
    if (whole.isEmpty()) throw Database.unusable("batch " + batch + " is gone", null);
    if (!whole.get()) throw Database.unusable("the record of batch " + batch + " is damaged", null);
    return limits;
  }

  /**
   * Forgets what an ended process held, which was the only one; its clock may have been another.
   */
  public void resume(Session session, long now) throws SQLException {
    rejectingSince = 0;
    nextLogSearch = 0;
    if (pausedUntil - now > MAX_PAUSE.toMillis()) pausedUntil = 0;
    write(session);
  }

  /** Rejections count from the next one on. */
  public void endRejections(Session session) throws SQLException {
    rejectingSince = 0;
    write(session);
  }

  private void write(Session session) throws SQLException {
    session.update(
        "update video_batches set in_flight_limit = ?, rejections = ?, rejecting_since = ?,"
            + " paused_until = ?, next_log_search = ?, next_position = ?, checksum = ?"
            + " where batch = ?",
        values(batch));
  }

  private @Nullable Object[] values(Object... more) {
    List<Object> values = new ArrayList<>();
    Collections.addAll(
        values,
        inFlight,
        rejections,
        rejectingSince,
        pausedUntil,
        nextLogSearch,
        nextPosition,
        checksum());
    Collections.addAll(values, more);
    return values.toArray();
  }

  private long checksum() {
    return Checksum.of(
        List.of(
            Double.doubleToLongBits(inFlight), // its text depends on the version of Java
            rejections,
            rejectingSince,
            pausedUntil,
            nextLogSearch,
            nextPosition,
            server,
            batch));
  }

  /**
   * Whether one more create can be sent.
   *
   * @param max the limit that the worker was given
   */
  public boolean allow(long running, int max, long now) {
    return now >= pausedUntil && running < (int) Math.min(max, inFlight);
  }

  /** A create was accepted; most of them change nothing and need no lock. */
  public static void accepted(Session session, String batch, int max) throws SQLException {
    if (!read(session, batch, "").changeWhenAccepted(max)) return;
    CreateLimits limits = lock(session, batch);
    if (!limits.changeWhenAccepted(max)) return;
    limits.rejections = 0;
    limits.rejectingSince = 0;
    if (limits.inFlight < max) limits.inFlight += 1 / limits.inFlight;
    limits.write(session);
  }

  private boolean changeWhenAccepted(int max) {
    return rejections != 0 || rejectingSince != 0 || inFlight < max;
  }

  /** A create was rejected; returns for how many milliseconds all creates have been rejected. */
  public long rejected(Session session, long now) throws SQLException {
    if (rejectingSince == 0) {
      rejectingSince = now;
      write(session);
    }
    return now - rejectingSince;
  }

  /** Starts a pause; empty if there is one, as the create was sent before it. */
  public Optional<Duration> pause(Session session, int max, long now) throws SQLException {
    if (now < pausedUntil) return Optional.empty();
    if (now - pausedUntil > NEW_RUN.toMillis()) {
      rejections = 0;
      rejectingSince = 0;
    }
    Duration pause = MIN_PAUSE.multipliedBy(1L << Math.min(rejections, 10));
    if (pause.compareTo(MAX_PAUSE) > 0) pause = MAX_PAUSE;
    rejections++;
    inFlight = Math.max(1, Math.min(max, inFlight) / 2);
    pausedUntil = now + pause.toMillis();
    write(session);
    return Optional.of(pause);
  }

  /**
   * Leases the logs to a worker, unless another one has them; returns until when they are leased.
   *
   * @param last until when this worker had them
   */
  public long leaseLogs(Session session, long now, long last, long until) throws SQLException {
    if (now < nextLogSearch && nextLogSearch != last) return nextLogSearch;
    nextLogSearch = until;
    write(session);
    return until;
  }

  /** Ends a lease; the next request keeps its distance. */
  public void returnLogs(Session session, long now, long until) throws SQLException {
    if (nextLogSearch != until) return;
    nextLogSearch = now + LOG_INTERVAL;
    write(session);
  }

  /** The positions of new rows begin here. */
  long reservePositions(Session session, int rows) throws SQLException {
    long first = nextPosition;
    nextPosition += rows;
    write(session);
    return first;
  }
}
