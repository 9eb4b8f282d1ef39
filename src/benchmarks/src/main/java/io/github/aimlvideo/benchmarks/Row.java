package io.github.aimlvideo.benchmarks;

import io.github.aimlvideo.benchmarks.server.LocalServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Some lines of the table that are measured together. */
abstract class Row {
  /** Where the project is, and where a row may put its files. */
  record Place(Path root, Path scratch) {}

  private final String name;
  private final List<Finding> findings = new ArrayList<>();

  Row(String name) {
    this.name = name;
  }

  final String name() {
    return name;
  }

  /** Measures, and tells each finding. */
  abstract void measure(Place place, LocalServer server) throws Exception;

  final List<Finding> findings() {
    return findings;
  }

  final void tell(String what, String peer, double value, String unit) {
    findings.add(Finding.told(name, what, peer, value, unit));
  }

  final void judgeAtMost(double limit, String what, String peer, double value, String unit) {
    findings.add(Finding.told(name, what, peer, value, unit).atMost(limit));
  }

  final void judgeAtLeast(double limit, String what, String peer, double value, String unit) {
    findings.add(Finding.told(name, what, peer, value, unit).atLeast(limit));
  }

  final void progress(String text) {
    System.err.println("bench: " + name + ": " + text);
  }
}
