package io.github.aimlvideo.batch.internal;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every create that a batch has sent, and what became of it. */
final class CreateTable {
  /** What became of a create. */
  enum Outcome {
    /** Sent; no response yet, or the outcome is unknown for now. */
    PENDING,
    ACCEPTED,
    /** Nothing was created, or the generation failed; neither is charged. */
    NOT_CHARGED,
    /** The logs do not have it. */
    UNKNOWN
  }

  private final String batch;

  CreateTable(String batch) {
    this.batch = batch;
  }

  void sent(Session session, Row row) throws SQLException {
    session.update(
        "insert into video_creates (client_request_id, batch, row_key, fingerprint, kind, outcome,"
            + " sent_at, worker) values (?, ?, ?, ?, ?, 'PENDING', ?, ?)",
        row.clientRequestId,
        batch,
        row.key,
        row.fingerprint,
        row.kind,
        row.sentAt,
        row.worker);
  }

  void accepted(
      Session session, String clientRequestId, String generationId, @Nullable BigDecimal credits)
      throws SQLException {
    session.update(
        "update video_creates set outcome = 'ACCEPTED', generation_id = ?,"
            + " credits_used = coalesce(?, credits_used) where batch = ? and client_request_id = ?",
        generationId,
        credits == null ? null : credits.toString(),
        batch,
        clientRequestId);
  }

  void ended(Session session, @Nullable String clientRequestId, Outcome outcome)
      throws SQLException {
    session.update(
        "update video_creates set outcome = ? where batch = ? and client_request_id = ?",
        outcome.name(),
        batch,
        clientRequestId);
  }

  /** Whether a create was one of this request. */
  boolean isFor(Session session, String clientRequestId, String fingerprint) throws SQLException {
    String sql =
        "select count(*) from video_creates where client_request_id = ? and fingerprint = ?";
    return session.number(sql, clientRequestId, fingerprint) > 0;
  }

  /** How many rows have more than one accepted create of one request that did not fail. */
  long boughtTwice(Session session) throws SQLException {
    return session.number(
        "select count(*) from (select row_key from video_creates where batch = ?"
            + " and outcome = 'ACCEPTED' group by row_key, fingerprint having count(*) > 1) as rows",
        batch);
  }

  /** Creates of one kind with one outcome and cost. */
  record Group(String kind, Outcome outcome, @Nullable BigDecimal credits, long count) {}

  List<Group> groups(Session session) throws SQLException {
    return session.list(
        "select kind, outcome, credits_used, count(*) from video_creates where batch = ?"
            + " group by kind, outcome, credits_used",
        result -> {
          String credits = result.getString(3);
          return new Group(
              result.getString(1),
              Outcome.valueOf(result.getString(2)),
              credits == null ? null : new BigDecimal(credits),
              result.getLong(4));
        },
        batch);
  }
}
