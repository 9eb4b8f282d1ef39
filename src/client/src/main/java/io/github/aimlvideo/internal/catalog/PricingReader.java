package io.github.aimlvideo.internal.catalog;

import io.github.aimlvideo.catalog.Pricing;
import io.github.aimlvideo.catalog.Pricing.UnitPrice;
import io.github.aimlvideo.catalog.Pricing.Variant;
import io.github.aimlvideo.internal.values.ShortText;
import io.github.aimlvideo.model.ModelPricing;
import io.github.aimlvideo.model.PricingUnit;
import io.github.aimlvideo.model.PricingVariant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads prices strictly: if any part is not as documented, the price is not known, as a guess would
 * be taken for a price.
 */
final class PricingReader {
  private PricingReader() {}

  static Pricing read(@Nullable ModelPricing pricing) {
    if (pricing == null) return new Pricing.Variable("the catalogue has no price for it");
    String kind = Objects.requireNonNullElse(pricing.getKind(), "").toLowerCase(Locale.ROOT);
    String currency = Objects.requireNonNullElse(pricing.getCurrency(), "USD");
    if (kind.equals("variable")) return new Pricing.Variable("its price is variable");
    if (!currency.equalsIgnoreCase("USD")) {
      return new Pricing.Variable("its price is in " + ShortText.value(currency) + ", not in USD");
    }
    try {
      if (kind.equals("fixed")) return fixed(pricing.getUnits());
      if (kind.equals("variants")) return variants(pricing);
    } catch (IllegalArgumentException e) {
      return new Pricing.Variable("its price cannot be read: " + e.getMessage());
    }
    return new Pricing.Variable("its price is of an unknown kind: " + ShortText.value(kind));
  }

  private static Pricing fixed(@Nullable List<PricingUnit> units) {
    List<UnitPrice> prices = new ArrayList<>();
    for (PricingUnit unit : notEmpty("units", units)) {
      String measure = given("unit", unit).getMeasure();
      String counted = measure == null ? given("name", unit.getName()) : measure;
      prices.add(price(counted, unit.getPrice(), unit.getPer()));
    }
    return new Pricing.Fixed(prices);
  }

  private static Pricing variants(ModelPricing pricing) {
    List<Variant> variants = new ArrayList<>();
    for (PricingVariant variant : notEmpty("variants", pricing.getVariants())) {
      String unit = given("unit", given("variant", variant).getUnit());
      UnitPrice price = price(unit, variant.getPrice(), variant.getPer());
      variants.add(new Variant(conditions(given("when", variant.getWhen())), price));
    }
    List<String> dimensions = Objects.requireNonNullElse(pricing.getDimensions(), List.of());
    return new Pricing.Variants(dimensions.stream().filter(Objects::nonNull).toList(), variants);
  }

  private static Map<String, String> conditions(Map<String, Object> when) {
    Map<String, String> conditions = new LinkedHashMap<>();
    when.forEach(
        (name, value) -> {
          boolean isPlain = value instanceof String || value instanceof Number;
          if (!isPlain && !(value instanceof Boolean)) {
            throw new IllegalArgumentException("when." + ShortText.value(name) + " is no value");
          }
          conditions.put(name, value.toString());
        });
    return conditions;
  }

  private static UnitPrice price(
      String unit, @Nullable BigDecimal price, @Nullable BigDecimal per) {
    return new UnitPrice(unit, given("price", price), given("per", per));
  }

  private static <T> List<T> notEmpty(String name, @Nullable List<T> list) {
    List<T> present = given(name, list);
    if (present.isEmpty()) throw new IllegalArgumentException(name + " is empty");
    return present;
  }

  private static <T> T given(String name, @Nullable T value) {
    if (value == null) throw new IllegalArgumentException(name + " is missing");
    return value;
  }
}
