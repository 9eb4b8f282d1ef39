package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.VideoRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long generations take, learned for each model and duration while the client lives. */
public final class DurationEstimates {
  private final double initial;
  private final Map<Kind, Estimate> byKind = new ConcurrentHashMap<>();

  /** Starts every kind with the same expectation. */
  public DurationEstimates(Duration initial) {
    this.initial = initial.toNanos() / 1e9;
  }

  /** What the duration of a generation depends on. */
  private record Kind(String model, String duration) {}

  /** For generations of a model with a duration in seconds, or an empty text for its default. */
  public Estimate of(VideoRequest request, String duration) {
    return byKind.computeIfAbsent(
        new Kind(request.getModel(), duration), kind -> new Estimate(initial));
  }

  /** For a generation of which only the id is known. */
  public Estimate ofUnknown() {
    return new Estimate(initial);
  }

  /**
   * The geometric mean of the expectation and what has been seen; the last thirty generations weigh
   * most. In seconds. Safe for use by several threads.
   */
  public static final class Estimate {
    private static final int MEMORY = 30;

    private double logarithm;
    private int weight = 1;

    private Estimate(double seconds) {
      logarithm = Math.log(seconds);
    }

    /** Seconds. */
    public synchronized double seconds() {
      return Math.exp(logarithm);
    }

    /**
     * Learns from a generation that ended between two polls, unless these were so far apart that it
     * may have taken as long as expected.
     *
     * @param before its age in seconds when it was last seen running
     * @param after its age when it was seen completed
     */
    public synchronized void learn(double before, double after) {
      boolean vague = after - before > after / 2 && after > seconds();
      if (after <= 0 || vague) return;
      weight = Math.min(weight + 1, MEMORY);
      logarithm += (Math.log((before + after) / 2) - logarithm) / weight;
    }
  }
}
