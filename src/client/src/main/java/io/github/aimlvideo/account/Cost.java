package io.github.aimlvideo.account;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * An amount of money in US dollars and in credits. Immutable, without trailing zeros, so equal
 * amounts are equal objects.
 *
 * @param usd the amount in US dollars, zero or more
 * @param credits the amount in credits, zero or more
 */
public record Cost(BigDecimal usd, BigDecimal credits) implements Comparable<Cost> {
  /** How many credits one US dollar buys, as the vendor documents it. */
  public static final BigDecimal CREDITS_PER_USD = BigDecimal.valueOf(2_000_000);

  /** Nothing. */
  public static final Cost ZERO = ofUsd(BigDecimal.ZERO);

  /**
   * An amount that the server gives in both units, which need not agree.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Cost {
    usd = plain(checked("usd", usd));
    credits = plain(checked("credits", credits));
  }

  private static BigDecimal checked(String name, BigDecimal amount) {
    if (Objects.requireNonNull(amount, name).signum() >= 0) return amount;
    throw new IllegalArgumentException(name + " < 0: " + amount);
  }

  private static BigDecimal plain(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** An amount in US dollars, and in credits by the documented rate. */
  public static Cost ofUsd(BigDecimal usd) {
    return new Cost(usd, usd.multiply(CREDITS_PER_USD));
  }

  /** An amount in credits, and in US dollars by the documented rate. */
  public static Cost ofCredits(BigDecimal credits) {
    // the rate has no prime factors but 2 and 5, so the quotient is exact
    return new Cost(credits.divide(CREDITS_PER_USD), credits);
  }

  /** The sum of both. */
  public Cost plus(Cost other) {
    return new Cost(usd.add(other.usd), credits.add(other.credits));
  }

  /** This amount so many times. */
  public Cost times(long count) {
    BigDecimal factor = BigDecimal.valueOf(count);
    return new Cost(usd.multiply(factor), credits.multiply(factor));
  }

  /** Compares the dollars, then the credits. */
  @Override
  public int compareTo(Cost other) {
    int order = usd.compareTo(other.usd);
    return order != 0 ? order : credits.compareTo(other.credits);
  }

  /** Such as {@code $0.28 (560000 credits)}. */
  @Override
  public String toString() {
    BigDecimal shown = usd.scale() < 2 ? usd.setScale(2) : usd;
    return "$" + shown.toPlainString() + " (" + credits.toPlainString() + " credits)";
  }
}
