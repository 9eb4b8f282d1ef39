package io.github.aimlvideo.cli.terminal;

import io.github.aimlvideo.VideoRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Time and message on one line, and the stack trace of an internal error. */
public final class LogFormatter extends Formatter {
  private static final int MAX_CAUSES = 10;
  private static final Pattern ABSENT = Pattern.compile(", \\w+=null(?=[,}])");

  @Override
  public String format(LogRecord log) {
    if (log.getParameters() != null) log.setParameters(shown(log.getParameters()));
    String message = TerminalText.message(formatMessage(log));
    return String.format("%tT.%<tL  %s%n%s", log.getMillis(), message, trace(log.getThrown()));
  }

  private static Object[] shown(Object[] values) {
    return Stream.of(values).map(value -> TerminalText.line(text(value))).toArray();
  }

  /** A generated request names the properties that it does not have. */
  private static String text(@Nullable Object value) {
    if (value instanceof Duration time) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
    String text = String.valueOf(value);
    return value instanceof VideoRequest ? ABSENT.matcher(text).replaceAll("") : text;
  }

  /** That of Java would let a message that has lines forge one. */
  private static String trace(@Nullable Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES) // a cause may be its own
        .flatMap(
            cause ->
                Stream.concat(
                    Stream.of(TerminalText.line(cause.toString())),
                    Stream.of(cause.getStackTrace()).map(frame -> "\tat " + frame)))
        .map(line -> line + System.lineSeparator())
        .collect(Collectors.joining());
  }
}
