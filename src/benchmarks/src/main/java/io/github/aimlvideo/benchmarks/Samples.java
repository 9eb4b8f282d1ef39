package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rounds of one measurement, by peer, in the order of the first. */
final class Samples {
  private final Map<String, List<JsonObject>> rounds = new LinkedHashMap<>();

  void add(String peer, JsonObject measured) {
    rounds.computeIfAbsent(peer, name -> new ArrayList<>()).add(measured);
  }

  List<String> peers() {
    return List.copyOf(rounds.keySet());
  }

  double median(String peer, String figure) {
    return median(
        rounds.get(peer).stream()
            .filter(measured -> measured.has(figure))
            .map(measured -> measured.get(figure).getAsDouble())
            .toList());
  }

  /** The worst of all rounds, for what must never happen. */
  double largest(String peer, String figure) {
    return rounds.get(peer).stream()
        .mapToDouble(measured -> measured.get(figure).getAsDouble())
        .max()
        .orElseThrow();
  }

  /** How many times as much as the other, by the medians. */
  double ratio(String peer, String other, String figure) {
    return median(peer, figure) / median(other, figure);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
