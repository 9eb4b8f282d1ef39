package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.batch.internal.store.CreateTable.Group;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The credits that a batch has spent. A create is expected to cost as much as the most expensive
 * one of its kind; the first of a kind is sent alone, as its cost is unknown.
 */
public final class CreditBudget {
  private final Map<String, BigDecimal> highestCost = new HashMap<>();
  private final Map<String, Long> pending = new HashMap<>();
  private final Map<String, Long> possiblySpent = new HashMap<>();
  private BigDecimal known = BigDecimal.ZERO;

  public CreditBudget(List<Group> creates) {
    creates.forEach(this::add);
  }

  private void add(Group group) {
    BigDecimal credits = group.credits();
    if (credits != null) highestCost.merge(group.kind(), credits, BigDecimal::max);
    switch (group.outcome()) {
      case PENDING -> pending.merge(group.kind(), group.count(), Long::sum);
      case ACCEPTED, UNKNOWN -> {
        if (credits == null) possiblySpent.merge(group.kind(), group.count(), Long::sum);
        else known = known.add(credits.multiply(BigDecimal.valueOf(group.count())));
      }
      case NOT_CHARGED -> {}
    }
  }

  boolean isPriceKnown(String kind) {
    return highestCost.containsKey(kind);
  }

  /** Whether a create was sent whose cost cannot be expected. */
  boolean isCostUnknown() {
    return !highestCost.keySet().containsAll(possiblySpent.keySet());
  }

  /** Creates that were or may have been accepted at an unknown cost. */
  long unknownCosts() {
    return possiblySpent.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The known costs. */
  BigDecimal known() {
    return known;
  }

  /** The known costs, and the expected ones where a cost is unknown. */
  BigDecimal spent() {
    return known.add(expected(possiblySpent));
  }

  private BigDecimal expected(Map<String, Long> creates) {
    return creates.entrySet().stream()
        .map(
            kind ->
                highestCost
                    .getOrDefault(kind.getKey(), BigDecimal.ZERO)
                    .multiply(BigDecimal.valueOf(kind.getValue())))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Whether one more create of this kind can be sent now. */
  public boolean allows(String kind, BigDecimal limit) {
    if (isCostUnknown()) return false;
    if (!isPriceKnown(kind)) return pending.isEmpty() && spent().compareTo(limit) < 0;
    if (!highestCost.keySet().containsAll(pending.keySet())) return false;
    BigDecimal expected = spent().add(expected(pending)).add(highestCost.get(kind));
    return expected.compareTo(limit) <= 0;
  }

  /** Whether a create in progress may allow another one when its cost is known. */
  public boolean mayAllowLater() {
    return !pending.isEmpty();
  }

  /**
   * The credits that suffice for so many more creates of each kind; empty if a price is unknown.
   */
  Optional<BigDecimal> enoughFor(Map<String, Long> creates) {
    if (isCostUnknown() || !highestCost.keySet().containsAll(creates.keySet()))
      return Optional.empty();
    return Optional.of(spent().add(expected(creates)));
  }

  /** Why no more creates are sent. */
  public String reason(BigDecimal limit) {
    return isCostUnknown()
        ? "the cost of a create is not known, so the limit cannot be kept"
        : "the next create could exceed the limit: spent %s of %s"
            .formatted(spent().toPlainString(), limit.toPlainString());
  }
}
