package io.github.aimlvideo.internal.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Counts the units that prices are for. The reference names seconds only. */
final class Units {
  private static final Map<String, Integer> SECONDS =
      Map.of("second", 1, "seconds", 1, "sec", 1, "s", 1, "minute", 60, "minutes", 60);

  /** One for each request. */
  private static final List<String> ONE = List.of("video", "generation", "request");

  /** Properties by which requests to some models ask for several videos. */
  private static final List<String> COUNTS =
      List.of("n", "num_videos", "number_of_videos", "num_outputs", "num_samples", "sample_count");

  private Units() {}

  private static String word(String unit) {
    return unit.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * How many seconds one unit has; empty if a request has one unit.
   *
   * @throws IllegalArgumentException if it is unknown how often the unit counts
   */
  static Optional<BigDecimal> seconds(String unit) {
    Integer seconds = SECONDS.get(word(unit));
    if (seconds != null) return Optional.of(BigDecimal.valueOf(seconds));
    if (ONE.contains(word(unit))) return Optional.empty();
    throw new IllegalArgumentException("its price is per " + unit + ", which cannot be counted");
  }

  /** Throws if a request may ask for more than one video. */
  static void checkOneVideo(RequestValues values) {
    for (String name : COUNTS) {
      String count = values.get(name).orElse("1");
      if (!RequestValues.same(count, "1")) {
        throw new IllegalArgumentException("the request has " + name + " = " + count);
      }
    }
  }
}
