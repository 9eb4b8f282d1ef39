package io.github.aimlvideo.benchmarks.report;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The rounds of one measurement, by peer, in the order of the first round. */
public final class Samples {
  private final Map<String, List<JsonObject>> rounds = new LinkedHashMap<>();

  public void add(String peer, JsonObject measured) {
    rounds.computeIfAbsent(peer, name -> new ArrayList<>()).add(measured);
  }

  public List<String> peers() {
    return List.copyOf(rounds.keySet());
  }

  public double[] of(String peer, String figure) {
    return rounds.get(peer).stream().mapToDouble(m -> m.get(figure).getAsDouble()).toArray();
  }

  /** How many times as much as the other peer, in each round. */
  public double[] ratios(String peer, String other, String figure) {
    double[] values = of(peer, figure);
    double[] others = of(other, figure);
    return IntStream.range(0, Math.min(values.length, others.length))
        .mapToDouble(i -> values[i] / others[i])
        .toArray();
  }

  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  public static double largest(double... values) {
    return DoubleStream.of(values).max().orElseThrow();
  }
}
