package io.github.aimlvideo.batch.audit;

import io.github.aimlvideo.account.Cost;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * What an audit has found.
 *
 * @param entries one for each generation and for each charge that belongs to none, the worst first
 * @param from since when the ledger was read, by the server's clock
 * @param at when it was read, by the server's clock
 * @param otherCharges how many charges of the account belong to other generations
 * @param otherCost what they come to
 */
public record AuditReport(
    List<AuditEntry> entries, Instant from, Instant at, long otherCharges, Cost otherCost) {
  /**
   * How long a charge may take: 24 hours. The vendor documents "some delay" without a number; an
   * audit that runs once a day sees each late charge once before it alarms.
   */
  public static final Duration RECENT = Duration.ofHours(24);

  /** Sorts the entries. */
  public AuditReport {
    entries = entries.stream().sorted(Comparator.comparing(AuditEntry::verdict)).toList();
  }

  /** How many entries have a verdict. */
  public long count(Verdict verdict) {
    return entries.stream().filter(entry -> entry.verdict() == verdict).count();
  }

  /** The entries that a person has to see to, the worst first. */
  public List<AuditEntry> problems() {
    return entries.stream().filter(AuditEntry::needsAttention).toList();
  }

  /** Whether there is nothing to see to. */
  public boolean isWell() {
    return problems().isEmpty();
  }

  /** What was charged for all entries, as far as the amounts can be read. */
  public Cost charged() {
    return sum(AuditEntry::charged);
  }

  /** What was paid back for all entries. */
  public Cost refunded() {
    return sum(AuditEntry::refunded);
  }

  private Cost sum(Function<AuditEntry, Cost> cost) {
    return entries.stream().map(cost).reduce(Cost.ZERO, Cost::plus);
  }
}
