package io.github.aimlvideo.benchmarks;

import io.github.aimlvideo.benchmarks.report.Finding;
import io.github.aimlvideo.benchmarks.report.Samples;
import io.github.aimlvideo.benchmarks.server.LocalServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Some lines of the table that are measured together. */
abstract class Row {
  static final String AIML_VIDEO = "aiml-video";

  /** Holds all files of a run; the current folder is the project's. */
  static final Path FOLDER = Path.of("src/benchmarks/target/bench").toAbsolutePath();

  /**
   * What a row works with.
   *
   * @param roundsAsked zero if the row decides
   * @param batchRows how many rows the largest batch has
   */
  record Context(LocalServer server, boolean quick, int roundsAsked, int batchRows) {
    int rounds(int usual) {
      return roundsAsked > 0 ? roundsAsked : quick ? 1 : usual;
    }
  }

  private final String name;
  private final List<Finding> findings = new ArrayList<>();

  Row(String name) {
    this.name = name;
  }

  final String name() {
    return name;
  }

  /** Measures, and reports each figure. */
  abstract void measure(Context context) throws Exception;

  final List<Finding> findings() {
    return findings;
  }

  /** Reports the median of the rounds. */
  final void report(String what, String peer, String unit, double... rounds) {
    add(what, peer, unit, Samples.median(rounds), rounds, null);
  }

  /** Reports the median of the rounds and judges it. */
  final void judge(double atMost, String what, String peer, String unit, double... rounds) {
    add(what, peer, unit, Samples.median(rounds), rounds, atMost);
  }

  /** Reports the worst of the rounds. */
  final void reportWorst(String what, String peer, String unit, double... rounds) {
    add(what, peer, unit, Samples.largest(rounds), rounds, null);
  }

  /** Reports the worst of the rounds and judges it. */
  final void judgeWorst(double atMost, String what, String peer, String unit, double... rounds) {
    add(what, peer, unit, Samples.largest(rounds), rounds, atMost);
  }

  private void add(
      String what, String peer, String unit, double figure, double[] rounds, Double bar) {
    double low = DoubleStream.of(rounds).min().orElseThrow();
    findings.add(new Finding(name, what, peer, figure, low, Samples.largest(rounds), unit, bar));
  }

  final void progress(String text) {
    System.err.println("bench: " + name + ": " + text);
  }
}
