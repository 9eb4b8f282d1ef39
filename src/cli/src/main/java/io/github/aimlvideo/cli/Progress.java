package io.github.aimlvideo.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Tells on standard error how the work goes: in lines that stay and, on a terminal, in one below
 * them that lives. Safe for several threads.
 */
public interface Progress extends AutoCloseable {
  /** The progress on standard error, without a live line if that is no terminal, or is quiet. */
  static Progress on(PrintWriter err, boolean quiet) {
    return !quiet && TerminalProbe.isThere()
        ? new LiveProgress(err, new TerminalProbe()::columns, TerminalProbe.hasColours())
        : new PlainLines(err);
  }

  /**
   * Lets a line live, instead of the one before. It is asked for about once a second, at each
   * {@link #print} and on several threads, and shown as far as it fits; what is in it cannot steer
   * the terminal. Where nothing is live it is never asked for.
   */
  void show(Supplier<String> line);

  /** A line that stays, above the live one; control characters in it are shown as {@code ?}. */
  void print(String line);

  /** Lets something else write to the terminal, such as the result, with the live line erased. */
  void around(Runnable writing);

  /** Whether a line that is shown lives. */
  boolean isLive();

  /** Erases the live line and shows none any more; lines that stay can still be printed. */
  @Override
  void close();

  /** Words in a live line that stand out, where colours are wanted. */
  static String highlight(String words) {
    return LiveProgress.BRIGHT + words + LiveProgress.PLAIN;
  }

  /** {@code [#####.....] 57/100}, with a bar of {@code width} characters, in ASCII. */
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
