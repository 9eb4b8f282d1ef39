package io.github.aimlvideo.cli.batch;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The credits that a batch has spent in all its runs, by the client request ids of its creates. A
 * create is expected to cost as much as the most expensive one of its kind; the first of a kind is
 * sent alone, as its cost is unknown.
 */
final class CreditBudget {
  private final @Nullable BigDecimal limit;
  private final Map<String, BigDecimal> highestCost = new HashMap<>();
  private final Map<String, String> pending = new HashMap<>();
  private final Map<String, BigDecimal> spent = new HashMap<>();
  private final Map<String, String> possiblySpent = new HashMap<>();

  /**
   * @param limit null for no limit
   */
  CreditBudget(@Nullable BigDecimal limit) {
    this.limit = limit;
  }

  /** Whether one more create of this kind can be sent now. */
  boolean allows(String kind) {
    if (limit == null) return true;
    if (costUnknown()) return false;
    if (!highestCost.containsKey(kind)) return pending.isEmpty() && spent().compareTo(limit) < 0;
    if (!highestCost.keySet().containsAll(pending.values())) return false;
    BigDecimal expected =
        Stream.concat(Stream.of(kind), pending.values().stream())
            .map(highestCost::get)
            .reduce(spent(), BigDecimal::add);
    return expected.compareTo(limit) <= 0;
  }

  /** Whether a create in progress may allow another one when its cost is known. */
  boolean mayAllowLater() {
    return !pending.isEmpty();
  }

  void start(String create, String kind) {
    pending.put(create, kind);
  }

  /** The create was accepted, at this cost; null if the server did not say. */
  void created(String create, String kind, @Nullable BigDecimal cost) {
    if (cost == null) {
      possiblyCreated(create, kind);
      return;
    }
    pending.remove(create);
    highestCost.merge(kind, cost, BigDecimal::max);
    spent.put(create, cost);
  }

  /** The create may have been accepted, or was accepted at an unknown cost. */
  void possiblyCreated(String create, String kind) {
    pending.remove(create);
    possiblySpent.put(create, kind);
  }

  /** Nothing was created, or the generation failed; neither is charged. */
  void notCharged(String create) {
    pending.remove(create);
    spent.remove(create);
    possiblySpent.remove(create);
  }

  /** The known costs, and the expected ones where a cost is unknown. */
  BigDecimal spent() {
    Stream<BigDecimal> expected =
        possiblySpent.values().stream()
            .map(kind -> highestCost.getOrDefault(kind, BigDecimal.ZERO));
    return Stream.concat(spent.values().stream(), expected)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Whether a create was sent, perhaps by an earlier run, whose cost nobody can expect. */
  private boolean costUnknown() {
    return !highestCost.keySet().containsAll(possiblySpent.values());
  }

  /** Why no more creates are sent. */
  String reason() {
    return costUnknown()
        ? "the cost of a create is not known, so --max-credits cannot be kept; leave it out to create the rest"
        : "the next create could exceed --max-credits: spent " + spent() + " of " + limit;
  }
}
