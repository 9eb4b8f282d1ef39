package io.github.aimlvideo.cli.account;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.aimlvideo.catalog.Pricing;
import io.github.aimlvideo.catalog.Pricing.UnitPrice;
import io.github.aimlvideo.catalog.Pricing.Variant;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prices for a person in a few characters, and for a program in full. */
public final class PriceText {
  private PriceText() {}

  /** Such as {@code $0.28}: with cents, and with more decimals where there are any. */
  public static String of(BigDecimal usd) {
    BigDecimal shown = usd.stripTrailingZeros();
    if (shown.scale() < 2) shown = shown.setScale(2);
    return (usd.signum() < 0 ? "-$" : "$") + shown.abs().toPlainString();
  }

  /** Such as {@code $0.056/second}, {@code $0.13-0.65/second} or {@code unknown}. */
  static String of(Pricing pricing) {
    if (pricing instanceof Pricing.Fixed fixed) {
      return fixed.units().stream().map(PriceText::range).collect(Collectors.joining(" + "));
    }
    if (pricing instanceof Pricing.Variants variants) {
      return variants.variants().stream()
          .map(Variant::price)
          .collect(Collectors.groupingBy(PriceText::units))
          .values()
          .stream()
          .map(prices -> range(prices.toArray(UnitPrice[]::new)))
          .sorted()
          .collect(Collectors.joining(", "));
    }
    return "unknown";
  }

  /** The least and the greatest of prices for the same units. */
  private static String range(UnitPrice... prices) {
    List<BigDecimal> sorted = Stream.of(prices).map(UnitPrice::usd).sorted().toList();
    BigDecimal least = sorted.get(0);
    BigDecimal greatest = sorted.get(sorted.size() - 1);
    String more = least.compareTo(greatest) == 0 ? "" : "-" + of(greatest).substring(1);
    return of(least) + more + units(prices[0]);
  }

  private static String units(UnitPrice price) {
    if (price.per().compareTo(BigDecimal.ONE) == 0) return "/" + price.unit();
    return "/" + price.per().stripTrailingZeros().toPlainString() + " " + price.unit() + "s";
  }

  /** All that is known of the prices. */
  static JsonObject toJson(Pricing pricing) {
    JsonObject json = new JsonObject();
    if (pricing instanceof Pricing.Fixed fixed) {
      json.addProperty("kind", "fixed");
      JsonArray units = new JsonArray();
      fixed.units().forEach(price -> units.add(toJson(price)));
      json.add("units", units);
    } else if (pricing instanceof Pricing.Variants variants) {
      json.addProperty("kind", "variants");
      JsonArray prices = new JsonArray();
      variants.variants().forEach(variant -> prices.add(toJson(variant)));
      json.add("variants", prices);
    } else if (pricing instanceof Pricing.Variable variable) {
      json.addProperty("kind", "variable");
      json.addProperty("reason", variable.reason());
    }
    return json;
  }

  private static JsonObject toJson(Variant variant) {
    JsonObject json = toJson(variant.price());
    JsonObject when = new JsonObject();
    variant.when().forEach(when::addProperty);
    json.add("when", when);
    return json;
  }

  private static JsonObject toJson(UnitPrice price) {
    JsonObject json = new JsonObject();
    json.addProperty("usd", price.usd());
    json.addProperty("per", price.per());
    json.addProperty("unit", price.unit());
    return json;
  }
}
