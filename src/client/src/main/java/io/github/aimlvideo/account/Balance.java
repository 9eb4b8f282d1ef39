package io.github.aimlvideo.account;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What an account can still spend.
 *
 * @param amount the balance in its currency; may be negative
 * @param currency as the server says it, such as {@code USD}; empty if it says none
 * @param at the time of the response by the server's clock; empty if it tells none
 */
public record Balance(BigDecimal amount, String currency, Optional<Instant> at) {
  /** A balance with all its parts. */
  public Balance {
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(currency, "currency");
    Objects.requireNonNull(at, "at");
  }

  /**
   * The balance in US dollars, from credits by the documented rate; empty in another currency. The
   * reference names no currency; one that is absent means dollars.
   */
  public Optional<BigDecimal> usd() {
    return switch (currency.strip().toUpperCase(Locale.ROOT)) {
      case "USD", "" -> Optional.of(amount);
      // the rate has no prime factors but 2 and 5, so the quotient is exact
      case "CREDIT", "CREDITS" -> Optional.of(amount.divide(Cost.CREDITS_PER_USD));
      default -> Optional.empty();
    };
  }

  /** The amount and its currency, such as {@code 41.72 USD}. */
  @Override
  public String toString() {
    return (amount.toPlainString() + " " + currency).strip();
  }
}
