package io.github.aimlvideo.batch.internal.history;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.internal.store.CreateTable.Create;
import io.github.aimlvideo.batch.internal.store.CreateTable.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * A create that was sent, whatever became of its row.
 *
 * @param rowKey the key of its row, which may be gone
 * @param fingerprint of its request, which the row may have no more
 * @param cost what it cost, where the server said so
 */
public record SentCreate(
    String clientRequestId,
    String rowKey,
    String fingerprint,
    Outcome outcome,
    Optional<String> generationId,
    Optional<Cost> cost,
    Instant sentAt) {
  static SentCreate of(Create create) {
    return new SentCreate(
        create.clientRequestId(),
        create.rowKey(),
        create.fingerprint(),
        create.outcome(),
        Optional.ofNullable(create.generationId()),
        Optional.ofNullable(create.cost()),
        Instant.ofEpochMilli(create.sentAt()));
  }
}
