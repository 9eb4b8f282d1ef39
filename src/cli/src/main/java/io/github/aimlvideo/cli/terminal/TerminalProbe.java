package io.github.aimlvideo.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Asks {@code stty} about the terminal that standard error or output goes to. Changes no mode and
 * no signal, and reads nothing from standard input.
 */
final class TerminalProbe {
  private static final int DEFAULT_COLUMNS = 80;

  /** Each run of stty is a process, so only every third request for the width runs it. */
  private static final int REQUESTS_PER_RUN = 3;

  private int columns = DEFAULT_COLUMNS;
  private int requests;

  /** Whether standard error goes to a terminal of this job that can erase a line. */
  static boolean isTerminal() {
    String type = System.getenv("TERM");
    if (type == null || type.isEmpty() || type.equals("dumb")) return false;
    String known = System.getProperty("aiml-video.terminal"); // the launcher finds out faster
    return (known == null ? readColumns().isPresent() : known.equals("yes")) && isForeground();
  }

  /** See https://no-color.org. */
  static boolean hasColours() {
    String noColor = System.getenv("NO_COLOR");
    return noColor == null || noColor.isEmpty();
  }

  /** The width; 0 while the terminal belongs to another job, as the user types there. */
  int columns() {
    if (!isForeground()) return 0;
    if (requests++ % REQUESTS_PER_RUN == 0) columns = readColumns().orElse(columns);
    return columns;
  }

  /** The width of the terminal that standard output goes to; empty if that is none. */
  static OptionalInt outputColumns() {
    ProcessBuilder stty = new ProcessBuilder("sh", "-c", "exec stty size <&1 >&2");
    return columns(stty.redirectOutput(Redirect.INHERIT), Process::getErrorStream);
  }

  /** Empty if standard error is not a terminal, or stty is missing. */
  private static OptionalInt readColumns() {
    ProcessBuilder stty = new ProcessBuilder("sh", "-c", "exec stty size <&2 2>/dev/null");
    return columns(stty.redirectError(Redirect.INHERIT), Process::getInputStream);
  }

  private static OptionalInt columns(ProcessBuilder stty, Function<Process, InputStream> output) {
    try {
      byte[] size = output.apply(stty.start()).readAllBytes();
      String[] rowsAndColumns = new String(size, StandardCharsets.US_ASCII).strip().split(" ");
      if (rowsAndColumns.length != 2) return OptionalInt.empty();
      int found = Integer.parseInt(rowsAndColumns[1]);
      return OptionalInt.of(found == 0 ? DEFAULT_COLUMNS : found);
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** False for a job in the background, where the system tells (see proc(5)). */
  private static boolean isForeground() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      int group = Integer.parseInt(fields[2]);
      int foregroundGroup = Integer.parseInt(fields[5]);
      return foregroundGroup <= 0 || foregroundGroup == group;
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }
}
