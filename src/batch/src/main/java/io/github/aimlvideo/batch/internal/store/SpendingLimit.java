package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.account.Cost;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The most that a batch may spend. Counted in credits, told in the unit in which it was given.
 *
 * @param credits more than zero
 * @param inUsd whether it was given in US dollars
 */
public record SpendingLimit(BigDecimal credits, boolean inUsd) {
  /** Less would fill pages in a message. */
  public static final BigDecimal MIN = new BigDecimal("0.000001");

  /** More would fill pages in a message. */
  public static final BigDecimal MAX = new BigDecimal("1e15");

  /** The lower one of two limits; empty if there is none. */
  public static Optional<SpendingLimit> lower(
      @Nullable BigDecimal maxCredits, @Nullable BigDecimal maxUsd) {
    Optional<SpendingLimit> credits =
        Optional.ofNullable(maxCredits).map(limit -> new SpendingLimit(limit, false));
    if (maxUsd == null) return credits;
    SpendingLimit usd = new SpendingLimit(maxUsd.multiply(Cost.CREDITS_PER_USD), true);
    return credits.filter(it -> it.credits.compareTo(usd.credits) <= 0).or(() -> Optional.of(usd));
  }

  /** The option of the builder and its value, such as {@code maxUsd 2.50}. */
  public String option() {
    return inUsd ? "maxUsd " + shown(credits).substring(1) : "maxCredits " + shown(credits);
  }

  /** An amount in the unit of the limit, such as {@code $2.50} or {@code 5000000}. */
  public String shown(BigDecimal amount) {
    String text = Cost.ofCredits(amount).toString();
    return inUsd ? text.substring(0, text.indexOf(' ')) : amount.toPlainString();
  }
}
