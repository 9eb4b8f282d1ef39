package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.terminal.Progress;
import java.time.Duration;
import java.util.function.Supplier;

/** The progress line of a batch: a bar, counts and the time left. Safe for several threads. */
final class BatchStatusLine implements Supplier<String> {
  private static final int WIDTH = 20;

  private final int rows;
  private final long startedAt = System.nanoTime();
  private volatile Counts counts = new Counts(0, 0, 0, 0);

  BatchStatusLine(int rows) {
    this.rows = rows;
  }

  /**
   * @param done rows that this run is done with
   * @param doneBefore those of them that an earlier run had done
   */
  record Counts(int done, int doneBefore, int failed, int inFlight) {}

  void update(Counts now) {
    counts = now;
  }

  @Override
  public String get() {
    Counts now = counts;
    String failed = now.failed == 0 ? "" : "  " + now.failed + " failed";
    return Progress.bar(now.done, rows, WIDTH)
        + "  "
        + now.inFlight
        + " in flight"
        + failed
        + left(now);
  }

  /** Estimated from the rows that this run has done. */
  private String left(Counts now) {
    int done = now.done - now.doneBefore;
    if (done <= 0) return "";
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startedAt);
    Duration left = elapsed.multipliedBy(rows - now.done).dividedBy(done);
    return "  about " + Progress.clock(left) + " left";
  }
}
