package io.github.aimlvideo.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How a model is charged. Prices are US dollars, and what one is charged. */
public sealed interface Pricing {
  /**
   * The same prices for every request.
   *
   * @param units at least one
   */
  record Fixed(List<UnitPrice> units) implements Pricing {
    /** Prices with a copy of the list. */
    public Fixed {
      units = List.copyOf(units);
    }
  }

  /**
   * Prices that depend on the request.
   *
   * @param dimensions the properties of a request that decide, such as {@code resolution}
   * @param variants at least one
   */
  record Variants(List<String> dimensions, List<Variant> variants) implements Pricing {
    /** Prices with copies of the lists. */
    public Variants {
      dimensions = List.copyOf(dimensions);
      variants = List.copyOf(variants);
    }
  }

  /**
   * A price that is not known before, also one whose shape this library does not know.
   *
   * @param reason why, for people, such as {@code the price is variable}
   */
  record Variable(String reason) implements Pricing {
    /** A price with a reason. */
    public Variable {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * The price of so many units.
   *
   * @param unit what is counted, such as {@code second}
   * @param usd the price in US dollars, zero or more
   * @param per how many units the price is for, more than zero
   */
  record UnitPrice(String unit, BigDecimal usd, BigDecimal per) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public UnitPrice {
      Objects.requireNonNull(unit, "unit");
      if (usd.signum() < 0) throw new IllegalArgumentException("price < 0: " + usd);
      if (per.signum() <= 0) throw new IllegalArgumentException("per <= 0: " + per);
    }

    /** Such as {@code $0.056 per second} or {@code $3 per 5 seconds}. */
    @Override
    public String toString() {
      String units =
          per.compareTo(BigDecimal.ONE) == 0 ? unit : per.toPlainString() + " " + unit + "s";
      return "$" + usd.toPlainString() + " per " + units;
    }
  }

  /**
   * A price for requests with certain properties.
   *
   * @param when the properties and their values as text, such as {@code resolution=720p}
   * @param price the price of such a request
   */
  record Variant(Map<String, String> when, UnitPrice price) {
    /** A variant with a copy of the map. */
    public Variant {
      when = Map.copyOf(when);
      Objects.requireNonNull(price, "price");
    }
  }
}
