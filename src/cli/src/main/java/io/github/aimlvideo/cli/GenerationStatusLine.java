package io.github.aimlvideo.cli;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How one generation stands, in a line that is true when it is asked for; for several threads. */
final class GenerationStatusLine {
  private static final int LONGEST_NAME = 24;

  private final String name;
  private final LongSupplier nanoTime;
  private String status;
  private long since;
  private boolean ageIsKnown;
  private boolean saving;
  private @Nullable Duration expected;
  private long nextLookAt;

  /** Of a generation whose film gets this name. */
  GenerationStatusLine(String name, String status, LongSupplier nanoTime) {
    this.name = shortened(name);
    this.status = status;
    this.nanoTime = nanoTime;
    since = nanoTime.getAsLong();
  }

  /** It was created just now. */
  synchronized void created() {
    since = nanoTime.getAsLong();
    ageIsKnown = true;
  }

  /** A look was answered; with a link to the film, there is nothing left but to save it. */
  synchronized void saw(String statusNow, boolean hasFilm) {
    if (!statusNow.isEmpty()) status = statusNow;
    saving = hasFilm;
  }

  synchronized void waits(Duration untilNextLook, Duration usual) {
    expected = usual;
    nextLookAt = nanoTime.getAsLong() + untilNextLook.toNanos();
  }

  synchronized String line() {
    return name + "  " + Progress.highlight(status) + "  " + time() + next();
  }

  private String time() {
    Duration time = Duration.ofNanos(nanoTime.getAsLong() - since);
    if (expected == null) return Progress.clock(time);
    if (!ageIsKnown) return "waited " + Progress.clock(time);
    return time.compareTo(expected) <= 0
        ? Progress.clock(time) + " of about " + Progress.clock(expected)
        : Progress.clock(time) + ", about " + Progress.clock(expected) + " expected";
  }

  private String next() {
    if (saving) return ", saving";
    if (expected == null) return "";
    long left = nextLookAt - nanoTime.getAsLong();
    return left <= 0 ? ", looking" : ", next look in " + Math.round(Math.ceil(left / 1e9)) + " s";
  }

  private static String shortened(String name) {
    if (name.codePointCount(0, name.length()) <= LONGEST_NAME) return name;
    return name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 3)) + "...";
  }
}
