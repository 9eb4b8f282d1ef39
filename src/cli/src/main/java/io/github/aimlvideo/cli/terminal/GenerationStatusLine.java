package io.github.aimlvideo.cli.terminal;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The progress line of one generation: its status, time and next poll. Safe for several threads.
 */
public final class GenerationStatusLine {
  private static final int MAX_NAME = 24;

  private final String name;
  private final LongSupplier nanoTime;
  private String status;
  private long startedAt;
  private boolean ageIsKnown;
  private boolean downloading;
  private @Nullable Duration expected;
  private long nextPollAt;

  /**
   * A line that shows the status until a response has another.
   *
   * @param name of the video's file
   */
  public GenerationStatusLine(String name, String status, LongSupplier nanoTime) {
    this.name = shorten(name);
    this.status = status;
    this.nanoTime = nanoTime;
    startedAt = nanoTime.getAsLong();
  }

  /** The generation was created now. */
  public synchronized void startClock() {
    startedAt = nanoTime.getAsLong();
    ageIsKnown = true;
  }

  /** A response arrived; once it has the URL of the video, only the download is left. */
  public synchronized void update(String newStatus, boolean hasVideo) {
    if (!newStatus.isEmpty()) status = newStatus;
    downloading = hasVideo;
  }

  /** The next poll is scheduled. */
  public synchronized void schedulePoll(Duration untilNextPoll, Duration expectedDuration) {
    expected = expectedDuration;
    nextPollAt = nanoTime.getAsLong() + untilNextPoll.toNanos();
  }

  /** The line now. */
  public synchronized String text() {
    return name + "  " + Progress.highlight(status) + "  " + time() + next();
  }

  private String time() {
    Duration time = Duration.ofNanos(nanoTime.getAsLong() - startedAt);
    if (expected == null) return Progress.clock(time);
    if (!ageIsKnown) return "waited " + Progress.clock(time);
    return time.compareTo(expected) <= 0
        ? Progress.clock(time) + " of about " + Progress.clock(expected)
        : Progress.clock(time) + ", about " + Progress.clock(expected) + " expected";
  }

  private String next() {
    if (downloading) return ", downloading";
    if (expected == null) return "";
    long left = nextPollAt - nanoTime.getAsLong();
    return left <= 0 ? ", polling" : ", next poll in " + Math.round(Math.ceil(left / 1e9)) + " s";
  }

  private static String shorten(String name) {
    if (name.codePointCount(0, name.length()) <= MAX_NAME) return name;
    return name.substring(0, name.offsetByCodePoints(0, MAX_NAME - 3)) + "...";
  }
}
