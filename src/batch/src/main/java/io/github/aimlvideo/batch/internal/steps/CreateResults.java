package io.github.aimlvideo.batch.internal.steps;

import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.database.Session;
import io.github.aimlvideo.batch.internal.store.CreateLimits;
import io.github.aimlvideo.batch.internal.store.CreateTable.Outcome;
import io.github.aimlvideo.batch.internal.store.Row;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records what became of creates, each in one transaction: first limits, then row, create, task.
 */
final class CreateResults {
  private final WorkerContext context;

  CreateResults(WorkerContext context) {
    this.context = context;
  }

  /** Takes over an id, whoever found it; a late one too. */
  void accepted(String key, String clientRequestId, VideoGeneration created) {
    long now = context.clock.millis();
    Cost cost = created.cost().orElse(null);
    Optional<Row> boughtTwice =
        context
            .store
            .database()
            .transaction(session -> accepted(session, key, clientRequestId, created, cost, now));
    boughtTwice.ifPresent(
        row -> context.event(listener -> listener.onBoughtTwice(row.view(), created.id())));
  }

  private Optional<Row> accepted(
      Session session,
      String key,
      String clientRequestId,
      VideoGeneration created,
      @Nullable Cost cost,
      long now)
      throws SQLException {
    CreateLimits.accepted(session, context.config.name(), context.config.maxInFlight());
    Optional<Row> found = context.store.rows().lock(session, key);
    context.store.creates().accepted(session, clientRequestId, created.id(), cost);
    if (found.isEmpty()) return Optional.empty();
    Row row = found.get();
    boolean last = clientRequestId.equals(row.clientRequestId);
    boolean expected = row.state == RowState.CREATING || row.state == RowState.UNKNOWN;
    if (!last && row.state == RowState.NEW && isFor(session, clientRequestId, row)) {
      row.clientRequestId = clientRequestId; // to be created again, which is not needed now
      expected = true;
    } else if (!last) {
      return created.id().equals(row.generationId) ? Optional.empty() : found;
    }
    if (!expected) return Optional.empty();
    row.state = RowState.RUNNING;
    row.generationId = created.id();
    row.cost = cost;
    row.reason = null;
    row.suspended = false;
    row.pollUntil = now + context.config.pollPolicy().timeout().toMillis();
    if (row.sentAt == 0) row.sentAt = now;
    context.store.rows().update(session, row);
    long age = now - row.sentAt;
    context.tasks.schedule(session, row, now + context.pollDelay(age));
    return Optional.empty();
  }

  private boolean isFor(Session session, String clientRequestId, Row row) throws SQLException {
    return context.store.creates().isFor(session, clientRequestId, row.fingerprint);
  }

  /** No response has come: the row is searched for. */
  void lost(String key, String clientRequestId) {
    long now = context.clock.millis();
    context
        .store
        .database()
        .execute(
            session -> {
              Optional<Row> row = sent(session, key, clientRequestId);
              if (row.isEmpty()) return;
              row.get().searchedAt = now; // the search begins here
              context.store.rows().update(session, row.get());
              context.tasks.schedule(session, row.get(), now);
            });
  }

  /** The row, if this create is still its last one and has no result. */
  private Optional<Row> sent(Session session, String key, String clientRequestId)
      throws SQLException {
    return context
        .store
        .rows()
        .lock(session, key)
        .filter(row -> clientRequestId.equals(row.clientRequestId))
        .filter(row -> row.state == RowState.CREATING || row.state == RowState.UNKNOWN);
  }

  /** Nothing was created. */
  void rejected(String key, String clientRequestId, Throwable cause) {
    CreateRejection rejection = CreateRejection.of(cause);
    String reason = context.reason(cause);
    long now = context.clock.millis();
    // before the row can be sent again
    if (rejection == CreateRejection.BATCH) context.stopRefused(cause);
    if (rejection == CreateRejection.TEMPORARY) context.rejectedForNow(cause);
    Optional<Row> rejected =
        context
            .store
            .database()
            .transaction(
                session -> rejected(session, key, clientRequestId, rejection, reason, now));
    if (rejection == CreateRejection.ROW) rejected.ifPresent(context::ended);
  }

  /** The create was not sent, although the row was claimed for it. */
  void notSent(String key, String clientRequestId) {
    CreateRejection notSent = CreateRejection.TEMPORARY;
    long now = context.clock.millis();
    context
        .store
        .database()
        .transaction(session -> rejected(session, key, clientRequestId, notSent, null, now));
  }

  private Optional<Row> rejected(
      Session session,
      String key,
      String clientRequestId,
      CreateRejection rejection,
      @Nullable String reason,
      long now)
      throws SQLException {
    Optional<Row> found = sent(session, key, clientRequestId);
    context.store.creates().ended(session, clientRequestId, Outcome.NOT_CHARGED);
    if (found.isEmpty()) return found;
    Row row = found.get();
    if (rejection == CreateRejection.ROW) {
      row.state = RowState.FAILED;
      row.endedAt = now;
    } else {
      row.renew();
      row.clientRequestId = clientRequestId;
    }
    row.setReason(reason);
    context.store.rows().update(session, row);
    context.tasks.schedule(session, row, now); // which ends its task
    return found;
  }
}
