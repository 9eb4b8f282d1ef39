package io.github.aimlvideo.batch.audit;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.account.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The verdict on one generation, or on a charge that belongs to none.
 *
 * @param row the name of its row
 * @param generationId as the batch or the logs know it
 * @param clientRequestId of its create
 * @param reported what it costs by the response to its create, or else by the logs
 * @param transactions its entries of the ledger, the newest first
 * @param isVideoMissing whether it may have a video that the batch has not saved
 * @param late of one that is not charged yet, how long ago it completed; by the logs, which have no
 *     such time, how long ago it was created
 */
public record AuditEntry(
    Verdict verdict,
    Optional<String> row,
    Optional<String> generationId,
    Optional<String> clientRequestId,
    Optional<String> model,
    Optional<Cost> reported,
    List<Transaction> transactions,
    boolean isVideoMissing,
    Optional<Duration> late) {
  /** Copies the list. */
  public AuditEntry {
    Objects.requireNonNull(verdict, "verdict");
    transactions = List.copyOf(transactions);
  }

  /** Whether a person has to see to it: a problem, or a charge that is later than usual. */
  public boolean needsAttention() {
    return verdict.isProblem()
        || late.filter(it -> it.compareTo(AuditReport.RECENT) > 0).isPresent();
  }

  /** What was charged for it, as far as the amounts can be read. */
  public Cost charged() {
    return new Charges(transactions).charged();
  }

  /** What was paid back. */
  public Cost refunded() {
    return new Charges(transactions).refunded();
  }
}
