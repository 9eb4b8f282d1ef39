package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.terminal.Progress;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The progress line of a batch: a bar, the time, how many rows are in which state, and the time
 * left. Safe for several threads.
 */
final class BatchStatusLine implements Supplier<String> {
  private static final int WIDTH = 20;

  private final int rows;
  private final LongSupplier nanoTime;
  private final long startedAt;
  private final Map<String, String> statuses = new ConcurrentHashMap<>();
  private volatile Counts counts = new Counts(0, 0, 0, 0, Map.of());

  BatchStatusLine(int rows, LongSupplier nanoTime) {
    this.rows = rows;
    this.nanoTime = nanoTime;
    startedAt = nanoTime.getAsLong();
  }

  /**
   * @param done rows that this run is done with
   * @param doneBefore those of them that an earlier run had done
   * @param running rows whose generations run, here or with another worker
   * @param states how many of the other rows are in which state
   */
  record Counts(int done, int doneBefore, int failed, int running, Map<String, Integer> states) {}

  void update(Counts now) {
    counts = now;
  }

  /** The server told the status of a generation; a completed one is downloaded. */
  void update(String name, String status) {
    if (status.equals("completed")) end(name);
    else if (!status.isEmpty()) statuses.put(name, status);
  }

  /** The generation of a row has ended. */
  void end(String name) {
    statuses.remove(name);
  }

  @Override
  public String get() {
    Counts now = counts;
    Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - startedAt);
    Map<String, Integer> states = new LinkedHashMap<>(now.states);
    byStatus(statuses.values(), now.running)
        .forEach((status, count) -> states.put(Progress.highlight(status), count));
    states.put("failed", now.failed);
    states.values().removeIf(count -> count == 0);
    String shown =
        states.entrySet().stream()
            .map(state -> ", " + state.getValue() + " " + state.getKey())
            .collect(Collectors.joining());
    return Progress.bar(now.done, rows, WIDTH)
        + "  "
        + Progress.clock(elapsed)
        + shown.replaceFirst("^,", " ")
        + left(now, elapsed);
  }

  private static Map<String, Integer> byStatus(Collection<String> statuses, int running) {
    Map<String, Integer> counts = new TreeMap<>();
    statuses.forEach(status -> counts.merge(status, 1, Integer::sum));
    counts.merge("running", Math.max(0, running - statuses.size()), Integer::sum);
    return counts;
  }

  /** Estimated from the rows that this run has done. */
  private String left(Counts now, Duration elapsed) {
    int done = now.done - now.doneBefore;
    if (done <= 0) return "";
    Duration left = elapsed.multipliedBy(rows - now.done).dividedBy(done);
    return "  about " + Progress.clock(left) + " left";
  }
}
