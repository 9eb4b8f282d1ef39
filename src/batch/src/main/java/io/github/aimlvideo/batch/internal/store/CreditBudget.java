package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.internal.store.CreateTable.Group;
import io.github.aimlvideo.batch.internal.store.CreateTable.Outcome;
import io.github.aimlvideo.batch.internal.store.RowTable.NewKind;
import io.github.aimlvideo.catalog.Quote;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The credits that a batch has spent. A create whose cost is not known yet is expected to cost what
 * was quoted for it, or as much as the most expensive one of its kind if that is more. Without
 * either, its price is unknown. The first of a kind proves the quote: until its response has come,
 * no other of its kind is sent, so that a wrong catalogue costs one create and not many.
 */
public final class CreditBudget {
  private final Map<String, BigDecimal> highestCost = new HashMap<>();
  private final List<Group> pending = new ArrayList<>();
  private final List<Group> possiblySpent = new ArrayList<>();
  private final Set<String> accepted = new HashSet<>();
  private Cost known = Cost.ZERO;
  private BigDecimal charged = BigDecimal.ZERO;

  public CreditBudget(List<Group> creates) {
    for (Group create : creates) {
      BigDecimal reported = reported(create);
      if (reported.signum() > 0) highestCost.merge(create.kind(), reported, BigDecimal::max);
    }
    creates.forEach(this::add);
  }

  private static BigDecimal reported(Group create) {
    Cost cost = create.cost();
    return cost == null ? BigDecimal.ZERO : credits(cost);
  }

  /** Its cost; null if it is not known, as a charge may come later than the response. */
  private @Nullable Cost cost(Group create) {
    boolean isExpected =
        price(create.kind(), create.quote()).filter(it -> it.signum() > 0).isPresent();
    return isExpected && reported(create).signum() == 0 ? null : create.cost();
  }

  private void add(Group group) {
    Cost cost = cost(group);
    if (cost != null) highestCost.merge(group.kind(), credits(cost), BigDecimal::max);
    if (group.outcome() == Outcome.ACCEPTED) accepted.add(group.kind());
    switch (group.outcome()) {
      case PENDING -> pending.add(group);
      case ACCEPTED, UNKNOWN -> {
        if (cost == null) {
          possiblySpent.add(group);
        } else {
          known = known.plus(cost.times(group.count()));
          charged = charged.add(credits(cost.times(group.count())));
        }
      }
      case NOT_CHARGED -> {}
    }
  }

  /** An amount as the limit counts it: should a server's units disagree, the larger one. */
  public static BigDecimal credits(Cost cost) {
    return cost.credits().max(Cost.ofUsd(cost.usd()).credits());
  }

  /** The credits that a create costs at most, by its quote; null if that is not known. */
  public static @Nullable BigDecimal most(Quote quote) {
    return quote.maximum().map(CreditBudget::credits).orElse(null);
  }

  /** What one more create of a kind is expected to cost; empty if that is not known. */
  Optional<BigDecimal> price(String kind, @Nullable BigDecimal quote) {
    BigDecimal highest = highestCost.get(kind);
    if (highest == null) return Optional.ofNullable(quote);
    return Optional.of(quote == null ? highest : highest.max(quote));
  }

  /** Whether a create was sent whose cost cannot be expected. */
  boolean isCostUnknown() {
    return expected(possiblySpent).isEmpty();
  }

  /** Creates that were or may have been accepted at an unknown cost. */
  long unknownCosts() {
    return possiblySpent.stream().mapToLong(Group::count).sum();
  }

  /** The known costs. */
  Cost known() {
    return known;
  }

  /** The known costs, and the expected ones where a cost is unknown. */
  private BigDecimal spent() {
    return charged.add(expected(possiblySpent).orElse(BigDecimal.ZERO));
  }

  /** The costs of all creates, known or expected; empty if one is not known. */
  Optional<BigDecimal> committed() {
    return expected(possiblySpent)
        .flatMap(possible -> expected(pending).map(sent -> charged.add(possible).add(sent)));
  }

  /** Empty if the price of one is not known. */
  private Optional<BigDecimal> expected(List<Group> creates) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Group group : creates) {
      Optional<BigDecimal> price = price(group.kind(), group.quote());
      if (price.isEmpty()) return Optional.empty();
      sum = sum.add(price.get().multiply(BigDecimal.valueOf(group.count())));
    }
    return Optional.of(sum);
  }

  /**
   * Whether one more create of a kind can be sent now.
   *
   * @param acceptUnknown whether one that is sent alone may find out an unknown price
   */
  public boolean allows(
      String kind, @Nullable BigDecimal quote, SpendingLimit limit, boolean acceptUnknown) {
    if (isCostUnknown()) return false;
    Optional<BigDecimal> price = price(kind, quote);
    if (price.isEmpty())
      return acceptUnknown && pending.isEmpty() && spent().compareTo(limit.credits()) < 0;
    if (!isProven(kind)) return false;
    return expected(pending)
        .filter(sent -> spent().add(sent).add(price.get()).compareTo(limit.credits()) <= 0)
        .isPresent();
  }

  private boolean isProven(String kind) {
    return accepted.contains(kind)
        || highestCost.containsKey(kind)
        || pending.stream().noneMatch(create -> create.kind().equals(kind));
  }

  /** Whether a create in progress may allow another one when its cost is known. */
  public boolean mayAllowLater() {
    return !pending.isEmpty();
  }

  /** The credits that suffice for more creates; empty if a price is unknown. */
  Optional<BigDecimal> enoughFor(List<NewKind> kinds, Quotes quotes) {
    Optional<BigDecimal> sum = expected(possiblySpent).map(charged::add);
    for (NewKind kind : kinds) {
      Optional<BigDecimal> price = price(kind.sample().kind, most(quotes.of(kind.sample())));
      sum = sum.flatMap(it -> price.map(one -> it.add(one.multiply(kind.rows()))));
    }
    return sum;
  }

  /** Why a create is not sent. */
  public String reason(Row row, Quote quote, SpendingLimit limit, boolean acceptUnknown) {
    if (isCostUnknown()) return "the cost of a create is not known, so the limit cannot be kept";
    if (!acceptUnknown && price(row.kind, most(quote)).isEmpty())
      return "the price of row %s is not known: %s".formatted(row.name, quote.explanation());
    return "the next create could exceed the limit: spent %s of %s"
        .formatted(limit.shown(spent()), limit.shown(limit.credits()));
  }
}
