package io.github.aimlvideo.cli.batch.price;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.VideoBatchBuilder;
import io.github.aimlvideo.cli.account.PriceText;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that limit what a batch spends. */
public final class BudgetOptions {
  static final String CREDITS = "--max-credits";
  static final String USD = "--max-usd";

  private static final BigDecimal MIN = new BigDecimal("0.000001");
  private static final BigDecimal MAX = new BigDecimal("1e15");

  @Option(
      names = USD,
      paramLabel = "N",
      description = {
        "Spend at most N US dollars for all runs of the batch together, the first video",
        "included. Prices are those of the catalogue, or of another row with the same",
        "model and settings if that cost more."
      })
  private @Nullable BigDecimal maxUsd;

  @Option(
      names = CREDITS,
      paramLabel = "N",
      description = "The same in credits; 2000000 are one US dollar. The lower limit holds.")
  private @Nullable BigDecimal maxCredits;

  @Option(
      names = "--accept-unknown-price",
      description = {
        "Find out unknown prices: create one row of each kind although it may exceed",
        "the limit, then continue if that allows it."
      })
  private boolean acceptUnknownPrice;

  /** The lower limit as it was given. */
  private record Limit(String option, BigDecimal value, Cost cost) {
    @Override
    public String toString() {
      return option + " " + value.toPlainString();
    }
  }

  private Optional<Limit> limit() {
    Optional<Limit> credits =
        Optional.ofNullable(maxCredits).map(it -> new Limit(CREDITS, it, Cost.ofCredits(it)));
    Optional<Limit> usd = Optional.ofNullable(maxUsd).map(it -> new Limit(USD, it, Cost.ofUsd(it)));
    if (credits.isEmpty() || usd.isEmpty()) return credits.or(() -> usd);
    return credits.get().cost.compareTo(usd.get().cost) <= 0 ? credits : usd;
  }

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  public void check() {
    check(CREDITS, maxCredits);
    check(USD, maxUsd);
  }

  private static void check(String option, @Nullable BigDecimal limit) {
    if (limit == null) return;
    if (limit.compareTo(MIN) < 0)
      throw new IllegalArgumentException(option + " must be at least 0.000001: " + limit);
    if (limit.compareTo(MAX) > 0)
      throw new IllegalArgumentException(option + " must be at most 1e15: " + limit);
  }

  /** Gives the options to a batch. */
  public void apply(VideoBatchBuilder builder) {
    if (maxCredits != null) builder.maxCredits(maxCredits);
    if (maxUsd != null) builder.maxUsd(maxUsd);
    builder.acceptUnknownPrices(acceptUnknownPrice);
  }

  /** Whether only rows whose price is known may be created. */
  public boolean needsPrices() {
    return limit().isPresent() && !acceptUnknownPrice;
  }

  /** Why the limit cannot be kept; the row is empty if it is that of earlier creates. */
  public String unknownPrice(Optional<String> row, String reason) {
    String problem = shownLimit() + " cannot be promised: ";
    if (row.isEmpty()) return problem + "the cost of earlier rows is not known; leave it out";
    return problem
        + "the price of %s is not known: %s".formatted(row.get(), reason)
        + "; leave it out, or let --accept-unknown-price find out";
  }

  private String shownLimit() {
    return limit().map(Limit::toString).orElse("the limit");
  }

  /** A warning if more was spent than the limit. */
  public Optional<String> excess(Cost spent) {
    return limit()
        .filter(it -> it.cost.compareTo(spent) < 0)
        .map(it -> "warning: spent %s of %s".formatted(shown(spent, it), it));
  }

  private static String shown(Cost cost, Limit limit) {
    return limit.option.equals(USD) ? PriceText.of(cost.usd()) : cost.credits().toPlainString();
  }

  /** The limit, which a dry run compares with what the rows cost; empty if there is none. */
  Optional<Cost> amount() {
    return limit().map(Limit::cost);
  }

  /** An amount and the limit, in the unit of the limit. */
  String ofLimit(Cost cost) {
    return limit().map(it -> shown(cost, it) + " of " + it).orElse(PriceText.of(cost.usd()));
  }
}
