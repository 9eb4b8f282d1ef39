package io.github.aimlvideo.cli.batch;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The credits of a batch, over all its runs, by the client request ids of its creates. What a
 * create will cost is what the dearest of its kind has cost; the first of a kind is sent alone, as
 * nobody knows that yet.
 */
final class Budget {
  private final @Nullable BigDecimal limit;
  private final Map<String, BigDecimal> dearest = new HashMap<>();
  private final Map<String, String> sending = new HashMap<>();
  private final Map<String, BigDecimal> spent = new HashMap<>();
  private final Map<String, String> perhapsSpent = new HashMap<>();
  private boolean untold;

  /** Null for no limit. */
  Budget(@Nullable BigDecimal limit) {
    this.limit = limit;
  }

  /** Whether one more of this kind can be sent now; if not, perhaps when others are answered. */
  boolean allows(String kind) {
    if (limit == null) return true;
    if (untold) return false;
    if (!dearest.containsKey(kind)) return sending.isEmpty() && spent().compareTo(limit) < 0;
    if (!dearest.keySet().containsAll(sending.values())) return false;
    BigDecimal likely =
        Stream.concat(Stream.of(kind), sending.values().stream())
            .map(dearest::get)
            .reduce(spent(), BigDecimal::add);
    return likely.compareTo(limit) <= 0;
  }

  /** Whether creates that are under way keep it from telling. */
  boolean mayAllowLater() {
    return !sending.isEmpty();
  }

  void sending(String create, String kind) {
    sending.put(create, kind);
  }

  /** The server has accepted it, and says what it costs unless that is null. */
  void created(String create, String kind, @Nullable BigDecimal cost) {
    if (cost == null) {
      perhapsCreated(create, kind);
      untold = !dearest.containsKey(kind);
      return;
    }
    sending.remove(create);
    dearest.merge(kind, cost, BigDecimal::max);
    spent.put(create, cost);
  }

  /** It may have been accepted, or has been at a cost that nobody said. */
  void perhapsCreated(String create, String kind) {
    sending.remove(create);
    perhapsSpent.put(create, kind);
  }

  /** Nothing was created, or the generation failed, which is not charged. */
  void notCharged(String create) {
    sending.remove(create);
    spent.remove(create);
    perhapsSpent.remove(create);
  }

  /** As far as anybody knows. */
  BigDecimal spent() {
    Stream<BigDecimal> likely =
        perhapsSpent.values().stream().map(kind -> dearest.getOrDefault(kind, BigDecimal.ZERO));
    return Stream.concat(spent.values().stream(), likely).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Why nothing more is sent. */
  String reason() {
    return untold
        ? "the server does not say what a create costs, so --max-credits cannot be kept"
        : "the next create could pass --max-credits: " + spent() + " of " + limit + " are spent";
  }
}
