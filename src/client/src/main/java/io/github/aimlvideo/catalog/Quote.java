package io.github.aimlvideo.catalog;

import io.github.aimlvideo.account.Cost;
import java.util.Objects;
import java.util.Optional;

/**
 * What a request costs before it is sent. A price that is not certain is no price: then there are
 * no amounts.
 *
 * @param model the name of the model as the request gives it
 * @param minimum the least that it costs; empty if that is not known
 * @param maximum the most that it costs; empty if that is not known
 * @param basis what the amounts rest on
 * @param explanation how they came about, or why there are none, for people: {@code 5 seconds at
 *     $0.056 per second}
 */
public record Quote(
    String model, Optional<Cost> minimum, Optional<Cost> maximum, Basis basis, String explanation) {
  /** What a quote rests on. */
  public enum Basis {
    /** The model's only price. */
    FIXED,
    /** The prices of the variants that the request may be: one, or several. */
    VARIANTS,
    /** Nothing: the price is not known before. */
    VARIABLE
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there is not either a basis with both amounts or none, or
   *     the minimum is more than the maximum
   */
  public Quote {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(explanation, "explanation");
    boolean known = basis != Basis.VARIABLE;
    if (minimum.isPresent() != known || maximum.isPresent() != known) {
      throw new IllegalArgumentException("amounts and basis disagree: " + basis);
    }
    if (known && minimum.get().compareTo(maximum.get()) > 0) {
      throw new IllegalArgumentException("minimum > maximum: " + minimum.get());
    }
  }

  /** A quote with the least and the most that a request costs. */
  public static Quote of(
      String model, Cost minimum, Cost maximum, Basis basis, String explanation) {
    return new Quote(model, Optional.of(minimum), Optional.of(maximum), basis, explanation);
  }

  /** A price that is not known before, and why. */
  public static Quote unknown(String model, String reason) {
    return new Quote(model, Optional.empty(), Optional.empty(), Basis.VARIABLE, reason);
  }

  /** Whether there are amounts. */
  public boolean isKnown() {
    return basis != Basis.VARIABLE;
  }

  /** Such as {@code $0.28 (560000 credits)}, {@code $0.65 to $3.25 ...} or {@code unknown: ...}. */
  @Override
  public String toString() {
    if (!isKnown()) return "unknown: " + explanation;
    if (minimum.equals(maximum)) return minimum.get().toString();
    return minimum.get() + " to " + maximum.get();
  }
}
