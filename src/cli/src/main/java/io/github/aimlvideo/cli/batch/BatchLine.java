package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.Progress;
import java.time.Duration;
import java.util.function.Supplier;

/** The line that lives on the terminal: a bar with counts and the time left. Thread-safe. */
final class BatchLine implements Supplier<String> {
  private static final int WIDTH = 20;

  private final int rows;
  private final long begin = System.nanoTime();
  private volatile Counts counts = new Counts(0, 0, 0, 0);

  BatchLine(int rows) {
    this.rows = rows;
  }

  /** Rows that this run is done with, those of them that were done before, and so on. */
  record Counts(int done, int before, int failed, int inFlight) {}

  void now(Counts now) {
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

  /** As long for each row that is left as for those that this run has done. */
  private String left(Counts now) {
    int done = now.done - now.before;
    if (done <= 0) return "";
    Duration passed = Duration.ofNanos(System.nanoTime() - begin);
    Duration left = passed.multipliedBy(rows - now.done).dividedBy(done);
    return "  about " + Progress.clock(left) + " left";
  }
}
