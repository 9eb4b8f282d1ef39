package io.github.aimlvideo.cli.batch;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * The credits of a batch, over all its runs. What a create will cost is what the dearest of its
 * kind has cost; the first of a kind is sent alone, as nobody knows that yet.
 */
final class Budget {
  private final BigDecimal limit;
  private final Map<String, BigDecimal> dearest = new HashMap<>();
  private final Map<String, String> sending = new HashMap<>();
  private final Map<String, BigDecimal> spent = new HashMap<>();
  private boolean untold;

  /** Null for no limit. */
  Budget(BigDecimal limit) {
    this.limit = limit;
  }

  /**
   * Whether one more of this kind can be sent now; if not, perhaps once the others are answered.
   */
  boolean allows(String kind) {
    if (limit == null) return true;
    if (untold) return false;
    BigDecimal cost = dearest.get(kind);
    if (cost == null) return sending.isEmpty() && spent().compareTo(limit) < 0;
    BigDecimal likely = spent().add(cost);
    for (String other : sending.values()) {
      BigDecimal othersCost = dearest.get(other);
      if (othersCost == null) return false;
      likely = likely.add(othersCost);
    }
    return likely.compareTo(limit) <= 0;
  }

  /** Whether only creates that are under way keep it from telling. */
  boolean mayAllowLater() {
    return !sending.isEmpty();
  }

  void sending(String row, String kind) {
    sending.put(row, kind);
  }

  /**
   * The server has accepted it, and said what it costs unless that is null; then it costs as much
   * as the dearest of its kind.
   */
  void created(String row, String kind, BigDecimal cost) {
    sending.remove(row);
    if (cost != null) dearest.merge(kind, cost, BigDecimal::max);
    BigDecimal likely = dearest.get(kind);
    if (likely == null) untold = true;
    else spent.put(row, cost == null ? likely : cost);
  }

  /** Nothing was created, or the generation failed, which is not charged. */
  void notCharged(String row) {
    sending.remove(row);
    spent.remove(row);
  }

  BigDecimal spent() {
    return spent.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Why nothing more is sent. */
  String reason() {
    return untold
        ? "nobody knows what a create has cost, so --max-credits cannot be kept"
        : "the next create could pass --max-credits: " + spent() + " of " + limit + " are spent";
  }
}
