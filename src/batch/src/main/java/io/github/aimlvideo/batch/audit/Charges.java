package io.github.aimlvideo.batch.audit;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.account.Transaction;
import io.github.aimlvideo.batch.internal.store.CreditBudget;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The entries of the ledger with one reference: what was charged, less what was paid back. Amounts
 * are compared in credits, the larger one of units that disagree; less than one is rounding.
 */
record Charges(List<Transaction> entries) {
  static final Charges NONE = new Charges(List.of());

  /** A refund in any of the forms that the ledger has for it. */
  private static boolean isRefund(Transaction entry) {
    return entry.type().equalsIgnoreCase("REFUND") || entry.direction().equalsIgnoreCase("TOPUP");
  }

  Cost charged() {
    return sum(entry -> !isRefund(entry));
  }

  Cost refunded() {
    return sum(Charges::isRefund);
  }

  private Cost sum(Predicate<Transaction> counts) {
    return entries.stream()
        .filter(counts)
        .flatMap(entry -> entry.amount().stream())
        .reduce(Cost.ZERO, Cost::plus);
  }

  Optional<String> model() {
    return entries.stream().flatMap(entry -> entry.model().stream()).findFirst();
  }

  /** How many entries take from the balance. */
  long count() {
    return entries.stream().filter(entry -> !isRefund(entry)).count();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether more was charged than paid back. A charge of an amount that cannot be read is one. */
  boolean isPaid() {
    return net().compareTo(BigDecimal.ONE) >= 0 || isUnreadable();
  }

  private boolean isUnreadable() {
    return entries.stream().anyMatch(entry -> !isRefund(entry) && entry.amount().isEmpty());
  }

  private BigDecimal net() {
    return credits(entry -> !isRefund(entry)).subtract(credits(Charges::isRefund));
  }

  private BigDecimal credits(Predicate<Transaction> counts) {
    return entries.stream()
        .filter(counts)
        .flatMap(entry -> entry.amount().stream())
        .map(CreditBudget::credits)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * Whether several charges come to more than the cost. Parts of one charge that add up to it are
   * no second one. If the cost is not known, it is taken to be the largest of them.
   */
  boolean isTwice(Optional<Cost> cost) {
    if (count() < 2) return false;
    return isUnreadable()
        || isMore(net(), cost.map(CreditBudget::credits).orElseGet(this::largest));
  }

  private BigDecimal largest() {
    return entries.stream()
        .filter(entry -> !isRefund(entry))
        .flatMap(entry -> entry.amount().stream())
        .map(CreditBudget::credits)
        .max(BigDecimal::compareTo)
        .orElse(BigDecimal.ZERO);
  }

  /** Whether another amount was charged; one that was paid back in part is not. */
  boolean differs(Cost cost) {
    if (isUnreadable()) return false;
    BigDecimal expected = CreditBudget.credits(cost);
    boolean less = refunded().equals(Cost.ZERO) && isMore(expected, net());
    return less || isMore(net(), expected);
  }

  private static boolean isMore(BigDecimal credits, BigDecimal expected) {
    return credits.subtract(expected).compareTo(BigDecimal.ONE) >= 0;
  }

  /** Whether the first charge came before an instant; so it did if it has no readable time. */
  boolean isBefore(Instant instant) {
    return entries.stream()
        .filter(entry -> !isRefund(entry))
        .anyMatch(entry -> entry.createdAt().filter(at -> !at.isBefore(instant)).isEmpty());
  }
}
