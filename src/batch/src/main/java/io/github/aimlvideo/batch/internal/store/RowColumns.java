package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.database.Checksum;
import io.github.aimlvideo.batch.internal.database.Database;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a row. A checksum over all others tells one that was changed or damaged, which is
 * refused.
 */
final class RowColumns {
  static final List<String> NAMES =
      List.of(
          "row_key",
          "name",
          "row_position",
          "model",
          "request",
          "fingerprint",
          "kind",
          "state",
          "client_request_id",
          "generation_id",
          "credits_used",
          "usd_spent",
          "attempts",
          "reason",
          "sent_at",
          "ended_at",
          "searched",
          "searched_at",
          "poll_until",
          "suspended",
          "worker",
          "location",
          "version",
          "checksum",
          "batch");

  private final String batch;

  RowColumns(String batch) {
    this.batch = batch;
  }

  List<@Nullable Object> values(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    Collections.addAll(
        values,
        row.key,
        row.name,
        row.position,
        row.model,
        row.request,
        row.fingerprint,
        row.kind,
        row.state.name(),
        row.clientRequestId,
        row.generationId,
        row.cost == null ? null : row.cost.credits().toString(),
        row.cost == null ? null : row.cost.usd().toString(),
        row.attempts,
        row.reason,
        row.sentAt,
        row.endedAt,
        row.searched,
        row.searchedAt,
        row.pollUntil,
        row.suspended ? 1 : 0,
        row.worker,
        row.location,
        row.version);
    long checksum = checksum(values);
    Collections.addAll(values, checksum, batch);
    return values;
  }

  private long checksum(List<@Nullable Object> values) {
    List<@Nullable Object> all = new ArrayList<>(values);
    all.add(batch);
    return Checksum.of(all);
  }

  Row read(ResultSet result) throws SQLException {
    String key = String.valueOf(result.getString(1));
    Row row = new Row(key, String.valueOf(result.getString(2)), result.getLong(3));
    try {
      row.model = result.getString(4);
      row.request = result.getString(5);
      row.fingerprint = result.getString(6);
      row.kind = result.getString(7);
      row.state = RowState.valueOf(result.getString(8));
      row.clientRequestId = result.getString(9);
      row.generationId = result.getString(10);
      row.cost = cost(result.getString(11), result.getString(12));
    } catch (IllegalArgumentException e) {
      throw damaged(row);
    }
    row.attempts = result.getInt(13);
    row.reason = result.getString(14);
    row.sentAt = result.getLong(15);
    row.endedAt = result.getLong(16);
    row.searched = result.getLong(17);
    row.searchedAt = result.getLong(18);
    row.pollUntil = result.getLong(19);
    row.suspended = result.getInt(20) != 0;
    row.worker = result.getString(21);
    row.location = result.getString(22);
    row.version = result.getInt(23);
    List<@Nullable Object> values = values(row);
    if (!(result.getObject(24) instanceof Number checksum)
        || !values.get(23).equals(checksum.longValue())) throw damaged(row);
    return row;
  }

  /**
   * An amount in both units; null if it is not known.
   *
   * @throws IllegalArgumentException if one unit is missing or not a number
   */
  static @Nullable Cost cost(@Nullable String credits, @Nullable String usd) {
    if (credits == null && usd == null) return null;
    if (credits == null || usd == null) throw new IllegalArgumentException("half of an amount");
    return new Cost(new BigDecimal(usd), new BigDecimal(credits));
  }

  private static RuntimeException damaged(Row row) {
    return Database.unusable("the record of row " + row.name + " is damaged", null);
  }
}
