package io.github.aimlvideo.cli;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What every command takes. */
final class CommonOptions {
  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Where the API is, without /v2 (default: https://api.aimlapi.com).")
  String baseUrl;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Time between two looks, such as 500ms, 15s or 1m30s (default: 15s).")
  private Duration interval = PollPolicy.DEFAULT.interval();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Time for the create and all looks (default: 16m40s).")
  private Duration timeout = PollPolicy.DEFAULT.deadline();

  @Option(names = "--json", description = "Print the result as one JSON object, on failure too.")
  boolean json;

  /** The client that these options ask for; wrong ones are an {@link IllegalArgumentException}. */
  VideoClient client(GenerationListener listener) {
    VideoClient.Builder builder =
        VideoClient.builder().pollPolicy(new PollPolicy(interval, timeout)).listener(listener);
    if (baseUrl != null) builder.baseUrl(baseUrl);
    return builder.build();
  }

  /** {@code 500ms}, {@code 15s}, {@code 16m40s} or ISO 8601. */
  static final class Time implements ITypeConverter<Duration> {
    private static final Pattern MILLIS = Pattern.compile("(\\d{1,12})ms");

    @Override
    public Duration convert(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      var millis = MILLIS.matcher(lower);
      if (millis.matches()) return Duration.ofMillis(Long.parseLong(millis.group(1)));
      try {
        return Duration.parse(lower.startsWith("p") ? lower : "pt" + lower);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + text + "' is no time such as 500ms, 15s, 16m40s or PT15S");
      }
    }
  }
}
