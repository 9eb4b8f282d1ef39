package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.internal.database.Checksum;
import io.github.aimlvideo.batch.internal.database.Database;
import io.github.aimlvideo.batch.internal.database.Session;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every create that a batch has sent, and what became of it. */
public final class CreateTable {
  /** What became of a create. */
  public enum Outcome {
    /** Sent; no response yet, or the outcome is unknown for now. */
    PENDING,
    ACCEPTED,
    /** Nothing was created, or the generation failed; neither is charged. */
    NOT_CHARGED,
    /** The logs do not have it. */
    UNKNOWN
  }

  private static final String SELECT =
      "select client_request_id, row_key, fingerprint, kind, quote, outcome, generation_id,"
          + " credits_used, usd_spent, sent_at, worker, checksum from video_creates where batch = ?";

  /** What is stored of a create. */
  public record Create(
      String clientRequestId,
      String rowKey,
      String fingerprint,
      String kind,
      @Nullable BigDecimal quote,
      Outcome outcome,
      @Nullable String generationId,
      @Nullable Cost cost,
      long sentAt,
      String worker) {}

  private final String batch;

  public CreateTable(String batch) {
    this.batch = batch;
  }

  private List<@Nullable Object> values(Create create) {
    List<@Nullable Object> values = new ArrayList<>();
    Collections.addAll(
        values,
        create.clientRequestId,
        batch,
        create.rowKey,
        create.fingerprint,
        create.kind,
        create.quote == null ? null : create.quote.toString(),
        create.outcome.name(),
        create.generationId,
        create.cost == null ? null : create.cost.credits().toString(),
        create.cost == null ? null : create.cost.usd().toString(),
        create.sentAt,
        create.worker);
    values.add(Checksum.of(values));
    return values;
  }

  private Create read(ResultSet result) throws SQLException {
    try {
      Create create =
          new Create(
              result.getString(1),
              result.getString(2),
              result.getString(3),
              result.getString(4),
              amount(result.getString(5)),
              Outcome.valueOf(result.getString(6)),
              result.getString(7),
              RowColumns.cost(result.getString(8), result.getString(9)),
              result.getLong(10),
              result.getString(11));
      List<@Nullable Object> values = values(create);
      if (result.getObject(12) instanceof Number checksum
          && values.get(values.size() - 1).equals(checksum.longValue())) return create;
    } catch (IllegalArgumentException e) {
      // not an outcome, or not a number
    }
    throw Database.unusable(
        "the record of a create of row " + result.getString(2) + " is damaged", null);
  }

  private static @Nullable BigDecimal amount(@Nullable String text) {
    return text == null ? null : new BigDecimal(text);
  }

  /** Reads all. */
  void verify(Session session) throws SQLException {
    session.list(SELECT, row -> read(row).outcome, batch);
  }

  /** All creates, in no order. */
  public List<Create> all(Session session) throws SQLException {
    return session.list(SELECT, this::read, batch);
  }

  /**
   * A create is about to be sent.
   *
   * @param quote the credits that it costs at most, by the catalogue; null if that is not known
   */
  public void sent(Session session, Row row, @Nullable BigDecimal quote) throws SQLException {
    Create create =
        new Create(
            String.valueOf(row.clientRequestId),
            row.key,
            row.fingerprint,
            row.kind,
            quote,
            Outcome.PENDING,
            null,
            null,
            row.sentAt,
            String.valueOf(row.worker));
    session.update(
        "insert into video_creates (client_request_id, batch, row_key, fingerprint, kind, quote,"
            + " outcome, generation_id, credits_used, usd_spent, sent_at, worker, checksum)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values(create).toArray());
  }

  public void accepted(
      Session session, String clientRequestId, String generationId, @Nullable Cost cost)
      throws SQLException {
    update(session, clientRequestId, Outcome.ACCEPTED, generationId, cost);
  }

  public void ended(Session session, @Nullable String clientRequestId, Outcome outcome)
      throws SQLException {
    update(session, clientRequestId, outcome, null, null);
  }

  /** Values that are null stay as they are. */
  private void update(
      Session session,
      @Nullable String clientRequestId,
      Outcome outcome,
      @Nullable String generationId,
      @Nullable Cost cost)
      throws SQLException {
    String select = SELECT + " and client_request_id = ?" + session.forUpdate();
    Optional<Create> found = session.first(select, this::read, batch, clientRequestId);
    if (found.isEmpty()) return;
    Create before = found.get();
    Create after =
        new Create(
            before.clientRequestId,
            before.rowKey,
            before.fingerprint,
            before.kind,
            before.quote,
            outcome,
            generationId == null ? before.generationId : generationId,
            cost == null ? before.cost : cost,
            before.sentAt,
            before.worker);
    List<@Nullable Object> values = values(after);
    session.update(
        "update video_creates set outcome = ?, generation_id = ?, credits_used = ?,"
            + " usd_spent = ?, checksum = ? where batch = ? and client_request_id = ?",
        after.outcome.name(),
        after.generationId,
        values.get(values.size() - 5),
        values.get(values.size() - 4),
        values.get(values.size() - 1),
        batch,
        clientRequestId);
  }

  /** Whether a create was one of this request. */
  public boolean isFor(Session session, String clientRequestId, String fingerprint)
      throws SQLException {
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

  /** Creates of one kind with one quote, outcome and cost. */
  public record Group(
      String kind, @Nullable BigDecimal quote, Outcome outcome, @Nullable Cost cost, long count) {}

  public List<Group> groups(Session session) throws SQLException {
    return session.list(
        "select kind, quote, outcome, credits_used, usd_spent, count(*) from video_creates"
            + " where batch = ? group by kind, quote, outcome, credits_used, usd_spent",
        result ->
            new Group(
                result.getString(1),
                amount(result.getString(2)),
                Outcome.valueOf(result.getString(3)),
                RowColumns.cost(result.getString(4), result.getString(5)),
                result.getLong(6)),
        batch);
  }
}
