package io.github.aimlvideo.internal.catalog;

import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.catalog.CatalogModel;
import io.github.aimlvideo.catalog.Pricing;
import io.github.aimlvideo.catalog.Pricing.UnitPrice;
import io.github.aimlvideo.catalog.Pricing.Variant;
import io.github.aimlvideo.catalog.Quote;
import io.github.aimlvideo.catalog.Quote.Basis;
import io.github.aimlvideo.internal.values.ShortText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one request costs. What it throws within is the reason why that is not known. */
final class QuoteCalculator {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)\\s?s?");

  /** Half of a price for more units than a video has: between a part and the whole of it. */
  private static final MathContext DOWN = new MathContext(20, RoundingMode.DOWN);

  /** The units that the reference names. */
  private static final Map<String, Integer> SECONDS =
      Map.of("second", 1, "seconds", 1, "sec", 1, "s", 1, "minute", 60, "minutes", 60);

  /** Units of which each request has one. */
  private static final List<String> ONE = List.of("video", "generation", "request");

  /** Properties by which requests to some models ask for several videos. */
  private static final List<String> COUNTS =
      List.of("n", "num_videos", "number_of_videos", "num_outputs", "num_samples", "sample_count");

  private final String name;
  private final CatalogModel model;
  private final RequestValues values;

  QuoteCalculator(VideoRequest request, CatalogModel model) {
    this.name = request.getModel();
    this.model = model;
    this.values = new RequestValues(request, model);
  }

  /** The least and the most, in dollars. */
  private record Range(BigDecimal minimum, BigDecimal maximum) {}

  Quote quote() {
    try {
      if (model.pricing() instanceof Pricing.Fixed fixed) return quote(fixed);
      if (model.pricing() instanceof Pricing.Variants variants) return quote(variants);
      return Quote.unknown(name, ((Pricing.Variable) model.pricing()).reason());
    } catch (IllegalArgumentException e) {
      return Quote.unknown(name, String.valueOf(e.getMessage()));
    }
  }

  private Quote quote(Pricing.Fixed fixed) {
    if (fixed.units().size() != 1) {
      throw new IllegalArgumentException("it has several prices: " + shown(fixed.units()));
    }
    UnitPrice price = fixed.units().get(0);
    return quote(List.of(range(price)), Basis.FIXED, described(price));
  }

  private Quote quote(Pricing.Variants variants) {
    List<Variant> possible =
        variants.variants().stream().filter(variant -> isPossible(variant.when())).toList();
    if (possible.isEmpty()) {
      throw new IllegalArgumentException("it has no price for " + chosen(variants));
    }
    String prices =
        possible.stream()
            .map(variant -> (conditions(variant) + " " + described(variant.price())).strip())
            .distinct()
            .collect(Collectors.joining(", or "));
    List<Range> ranges = possible.stream().map(variant -> range(variant.price())).toList();
    return quote(ranges, Basis.VARIANTS, ShortText.message(prices));
  }

  /** A property that the request does not have may have any value. */
  private boolean isPossible(Map<String, String> when) {
    return when.entrySet().stream()
        .allMatch(
            condition ->
                values
                    .get(condition.getKey())
                    .map(value -> RequestValues.same(value, condition.getValue()))
                    .orElse(true));
  }

  private String chosen(Pricing.Variants variants) {
    return variants.variants().stream()
        .flatMap(variant -> variant.when().keySet().stream())
        .distinct()
        .sorted()
        .flatMap(key -> values.get(key).map(v -> key + " = " + ShortText.value(v)).stream())
        .collect(Collectors.joining(", "));
  }

  private static String conditions(Variant variant) {
    return variant.when().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> ShortText.value(each.getKey() + " " + each.getValue()))
        .collect(Collectors.joining(", ", "", variant.when().isEmpty() ? "" : ":"));
  }

  private Quote quote(List<Range> ranges, Basis basis, String explanation) {
    Stream<BigDecimal> minima = ranges.stream().map(Range::minimum);
    Stream<BigDecimal> maxima = ranges.stream().map(Range::maximum);
    Cost least = Cost.ofUsd(minima.min(BigDecimal::compareTo).orElseThrow());
    Cost most = Cost.ofUsd(maxima.max(BigDecimal::compareTo).orElseThrow());
    return Quote.of(name, least, most, basis, explanation);
  }

  /** If units cannot be divided evenly: between a part of the price and the whole of it. */
  private Range range(UnitPrice price) {
    BigDecimal count = count(price.unit());
    BigDecimal[] times = count.divideAndRemainder(price.per());
    BigDecimal whole = price.usd().multiply(times[0]);
    if (times[1].signum() == 0) return new Range(whole, whole);
    BigDecimal part = price.usd().multiply(times[1]).divide(price.per(), DOWN);
    return new Range(whole.add(part), whole.add(price.usd()));
  }

  private BigDecimal count(String unit) {
    Optional<BigDecimal> seconds = seconds(unit);
    checkOneVideo();
    if (seconds.isEmpty()) return BigDecimal.ONE;
    return duration().divide(seconds.get(), DOWN);
  }

  /**
   * How many seconds one unit has; empty if a request has one unit.
   *
   * @throws IllegalArgumentException if it is unknown how often the unit counts
   */
  private static Optional<BigDecimal> seconds(String unit) {
    String word = unit.strip().toLowerCase(Locale.ROOT);
    if (ONE.contains(word)) return Optional.empty();
    Integer seconds = SECONDS.get(word);
    if (seconds != null) return Optional.of(BigDecimal.valueOf(seconds));
    throw new IllegalArgumentException("its price is per " + unit + ", which cannot be counted");
  }

  /** Throws if a request may ask for more than one video. */
  private void checkOneVideo() {
    for (String property : COUNTS) {
      String count = values.get(property).orElse("1");
      if (!RequestValues.same(count, "1")) {
        throw new IllegalArgumentException("the request has " + property + " = " + count);
      }
    }
  }

  private BigDecimal duration() {
    String text =
        values
            .get("duration")
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "its price depends on the duration, which the request does not have"));
    Matcher matcher = DURATION.matcher(text.strip());
    BigDecimal seconds = matcher.matches() ? new BigDecimal(matcher.group(1)) : BigDecimal.ZERO;
    if (seconds.signum() > 0) return seconds;
    throw new IllegalArgumentException(
        "its price depends on the duration, and "
            + ShortText.value(text)
            + " is no time in seconds");
  }

  private String described(UnitPrice price) {
    if (seconds(price.unit()).isEmpty()) return price.toString();
    return duration().stripTrailingZeros().toPlainString() + " seconds at " + price;
  }

  private static String shown(List<UnitPrice> prices) {
    return prices.stream().map(UnitPrice::toString).collect(Collectors.joining(", "));
  }
}
