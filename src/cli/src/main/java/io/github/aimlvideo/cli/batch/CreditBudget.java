package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.batch.manifest.ManifestRow;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /**
   * Checks that the limit can be promised, before anything is sent.
   *
   * @throws IllegalArgumentException if the cost of one of the rows or of an earlier create is
   *     unknown
   */
  void checkPrices(List<ManifestRow> toCreate) {
    if (limit == null || toCreate.isEmpty()) return;
    Optional<ManifestRow> unknown =
        toCreate.stream().filter(row -> !highestCost.containsKey(row.kind())).findFirst();
    if (unknown.isEmpty() && !costUnknown()) return;
    String create =
        unknown.map(row -> "row " + row.number() + " (" + row.name() + ")").orElse("earlier rows");
    throw new IllegalArgumentException(
        "--max-credits "
            + limit.toPlainString()
            + " cannot be promised: the price of "
            + create
            + " is not known yet; leave it out, or let --accept-unknown-price find out");
  }

  /** Whether the limit, and nothing else, prevents the next create of such rows. */
  boolean isReached(List<ManifestRow> toCreate) {
    return !toCreate.isEmpty() && toCreate.stream().noneMatch(row -> allows(row.kind()));
  }

  /** The limit that suffices for these rows; empty if a price is unknown. */
  Optional<BigDecimal> enoughFor(List<ManifestRow> toCreate) {
    List<String> kinds = toCreate.stream().map(ManifestRow::kind).toList();
    if (costUnknown() || !highestCost.keySet().containsAll(kinds)) return Optional.empty();
    return Optional.of(kinds.stream().map(highestCost::get).reduce(spent(), BigDecimal::add));
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
    possiblySpent.remove(create);
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

  /** A warning if more was spent than the limit, as a price was unknown. */
  Optional<String> excess() {
    if (limit == null || spent().compareTo(limit) <= 0) return Optional.empty();
    return Optional.of("warning: " + spentOfLimit() + ", as a price was not known before");
  }

  private String spentOfLimit() {
    String of = limit == null ? "" : " of --max-credits " + limit.toPlainString();
    return "spent " + spent().toPlainString() + of;
  }

  /** Whether a create was sent, perhaps by an earlier run, whose cost cannot be expected. */
  private boolean costUnknown() {
    return !highestCost.keySet().containsAll(possiblySpent.values());
  }

  /** Why no more creates are sent. */
  String reason() {
    return costUnknown()
        ? "the cost of a create is not known, so --max-credits cannot be kept; leave it out to create the rest"
        : "the next create could exceed the limit: " + spentOfLimit();
  }
}
