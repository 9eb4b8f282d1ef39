package io.github.aimlvideo.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Progress on standard error: lines that stay and, on a terminal, a progress line below them. Safe
 * for several threads.
 */
public interface Progress extends AutoCloseable {
  /** Progress on standard error, with a progress line if that is a terminal and not quiet. */
  static Progress to(PrintWriter err, boolean quiet) {
    return !quiet && TerminalProbe.isTerminal()
        ? new LiveProgress(err, new TerminalProbe()::columns, TerminalProbe.hasColours())
        : new PlainProgress(err);
  }

  /**
   * Sets the progress line. The supplier is called about once a second and at each {@link #print},
   * by several threads; never without a progress line. The line is cut to the terminal's width, and
   * control and format characters in it are visible as escapes.
   */
  void show(Supplier<String> line);

  /** Prints lines above the progress line, in one piece; {@link TerminalText} shows each whole. */
  void print(String... lines);

  /** Lines as they are printed. */
  static String shown(String... lines) {
    return Stream.of(lines)
        .map(line -> TerminalText.whole(line) + System.lineSeparator())
        .collect(Collectors.joining());
  }

  /** Erases the progress line while something else, such as the result, is written. */
  void withLineErased(Runnable writing);

  /** Whether there is a progress line. */
  boolean isLive();

  /** Erases the progress line for good; lines can still be printed. */
  @Override
  void close();

  /** Words of a server on a progress line, in colour if the terminal shows colours. */
  static String highlight(String words) {
    return LiveProgress.BRIGHT + TerminalText.line(words) + LiveProgress.PLAIN;
  }

  /** {@code [#####.....] 57/100}, with a bar of {@code width} characters. */
  static String bar(int done, int total, int width) {
    int full = (int) ((long) done * width / Math.max(total, 1));
    return "[" + "#".repeat(full) + ".".repeat(width - full) + "]  " + done + "/" + total;
  }

  /** {@code 4:09}, or {@code 2:04:09} with hours. */
  static String clock(Duration time) {
    String minutes = time.toHours() == 0 ? "%d" : time.toHours() + ":%02d";
    return String.format(
        Locale.ROOT, minutes + ":%02d", time.toMinutesPart(), time.toSecondsPart());
  }
}
