package io.github.aimlvideo.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as options write them: {@code 500ms}, {@code 16m40s}, {@code 7d} or ISO 8601. */
public final class DurationText implements ITypeConverter<Duration> {
  private static final Pattern MILLIS = Pattern.compile("(\\d{1,12})ms");
  private static final Pattern DAYS = Pattern.compile("(\\d{1,9})d(.*)");
  private static final Duration MAX = Duration.ofDays(365);

  @Override
  public Duration convert(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    var millis = MILLIS.matcher(lower);
    if (millis.matches()) return Duration.ofMillis(Long.parseLong(millis.group(1)));
    try {
      return Duration.parse(lower.startsWith("p") ? lower : iso(lower));
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a duration; use 500ms, 15s, 16m40s, 7d or PT15S");
    }
  }

  /** Such as {@code pt16m40s} or {@code p1dt12h}. */
  private static String iso(String text) {
    var days = DAYS.matcher(text);
    if (!days.matches()) return "pt" + text;
    return "p" + days.group(1) + "d" + (days.group(2).isEmpty() ? "" : "t" + days.group(2));
  }

  /** Such as {@code 300ms} or {@code 16m40s}. */
  public static String of(Duration duration) {
    boolean millis = duration.toSeconds() == 0 && !duration.isZero();
    return millis
        ? duration.toMillis() + "ms"
        : duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /**
   * Checks the value of an option.
   *
   * @throws IllegalArgumentException if it is shorter than {@code min} or longer than 365 days
   */
  public static void check(String option, Duration value, Duration min) {
    check(option, value, min, MAX);
  }

  /**
   * Checks the value of an option.
   *
   * @throws IllegalArgumentException if it is shorter than {@code min} or longer than {@code max}
   */
  public static void check(String option, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) return;
    throw new IllegalArgumentException(
        option + " must be from " + of(min) + " to " + of(max) + ": " + of(value));
  }
}
