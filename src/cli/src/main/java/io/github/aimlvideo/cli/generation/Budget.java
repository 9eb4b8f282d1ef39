package io.github.aimlvideo.cli.generation;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.catalog.Quote;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The limit of what a generation may cost, a promise that is kept before anything is sent. */
final class Budget {
  private static final BigDecimal MIN = new BigDecimal("0.000001");

  /** The server may say an amount as a binary fraction. */
  private static final BigDecimal ROUNDING = new BigDecimal("0.000001");

  @Option(
      names = "--max-usd",
      paramLabel = "N",
      description = {
        "Send nothing if the request may cost more than N US dollars by the",
        "catalogue's prices, or its price is not known before."
      })
  private @Nullable BigDecimal maxUsd;

  @Option(
      names = "--accept-unknown-price",
      description = "With --max-usd: send a request whose price is not known all the same.")
  private boolean acceptUnknownPrice;

  private @Nullable Quote quote;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  void check() {
    if (maxUsd != null && maxUsd.compareTo(MIN) < 0)
      throw new IllegalArgumentException("--max-usd must be at least 0.000001: " + maxUsd);
    if (maxUsd == null && acceptUnknownPrice)
      throw new IllegalArgumentException("--accept-unknown-price needs --max-usd");
  }

  /** Whether there is a limit. */
  boolean isSet() {
    return maxUsd != null;
  }

  /**
   * Checks the price of a request before it is sent.
   *
   * @throws IllegalArgumentException if the limit cannot be promised
   */
  void check(Quote price) {
    quote = price;
    if (maxUsd == null) return;
    if (price.isKnown()) {
      if (price.maximum().orElseThrow().usd().compareTo(maxUsd) <= 0) return;
      throw new IllegalArgumentException(
          "the quote is above --max-usd " + maxUsd + ": " + shown(price) + "; nothing was sent");
    }
    if (acceptUnknownPrice) return;
    throw new IllegalArgumentException(
        "--max-usd "
            + maxUsd
            + " cannot be promised, as the price of "
            + price.model()
            + " is "
            + price
            + "; nothing was sent; leave it out, or add --accept-unknown-price");
  }

  /** A quote with what it rests on. */
  static String shown(Quote price) {
    return price.isKnown() ? price + ": " + price.explanation() : price.toString();
  }

  /** A warning if a generation cost something else than was quoted, or more than the limit. */
  Optional<String> deviation(Cost cost) {
    if (quote == null) return Optional.empty();
    boolean over = maxUsd != null && cost.usd().subtract(ROUNDING).compareTo(maxUsd) > 0;
    boolean asQuoted = quote.isKnown() && isWithin(cost.usd(), quote);
    if (asQuoted || !quote.isKnown() && !over) return Optional.empty();
    String quoted = quote.isKnown() ? "it was quoted as " + quote : "its price was not known";
    String limit = over ? ", more than --max-usd " + maxUsd : "";
    return Optional.of("the generation cost " + cost + limit + "; " + quoted);
  }

  private static boolean isWithin(BigDecimal usd, Quote quote) {
    return usd.compareTo(quote.minimum().orElseThrow().usd().subtract(ROUNDING)) >= 0
        && usd.compareTo(quote.maximum().orElseThrow().usd().add(ROUNDING)) <= 0;
  }
}
