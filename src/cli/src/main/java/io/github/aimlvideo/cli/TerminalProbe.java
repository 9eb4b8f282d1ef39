package io.github.aimlvideo.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The terminal that standard error goes to. It is looked at from outside, by {@code stty}: so no
 * mode of it, no signal and no byte of standard input is touched, wherever that comes from.
 */
final class TerminalProbe {
  private static final int USUAL_COLUMNS = 80;

  /** A process for each look at the width, so not at each time it is asked for. */
  private static final int ASKED_FOR_EACH_LOOK = 3;

  private int columns = USUAL_COLUMNS;
  private int asked;

  /** Whether standard error goes to a terminal of this job that can erase a line. */
  static boolean isThere() {
    String type = System.getenv("TERM");
    if (type == null || type.isEmpty() || type.equals("dumb")) return false;
    String known = System.getProperty("aiml-video.terminal"); // the launcher looks faster
    return (known == null ? look().isPresent() : known.equals("yes")) && isOurs();
  }

  /** As https://no-color.org has it. */
  static boolean hasColours() {
    String none = System.getenv("NO_COLOR");
    return none == null || none.isEmpty();
  }

  /** How wide it is; 0 while it belongs to another job, as the user types there. */
  int columns() {
    if (!isOurs()) return 0;
    if (asked++ % ASKED_FOR_EACH_LOOK == 0) columns = look().orElse(columns);
    return columns;
  }

  /** Empty if standard error is no terminal, or if nobody can tell. */
  private static OptionalInt look() {
    try {
      Process stty =
          new ProcessBuilder("sh", "-c", "exec stty size <&2 2>/dev/null")
              .redirectError(Redirect.INHERIT)
              .start();
      byte[] size = stty.getInputStream().readAllBytes();
      String[] rowsAndColumns = new String(size, StandardCharsets.US_ASCII).strip().split(" ");
      if (rowsAndColumns.length != 2) return OptionalInt.empty();
      int found = Integer.parseInt(rowsAndColumns[1]);
      return OptionalInt.of(found == 0 ? USUAL_COLUMNS : found);
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** Whether this is no job in the background, as far as the system tells (see proc(5)). */
  private static boolean isOurs() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      int group = Integer.parseInt(fields[2]);
      int groupInFront = Integer.parseInt(fields[5]);
      return groupInFront <= 0 || groupInFront == group;
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }
}
