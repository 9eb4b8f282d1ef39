package io.github.aimlvideo.benchmarks.server;

/** How many connections there were, and how many at once. */
final class Connections {
  private int accepted;
  private int open;
  private int peak;

  void opened() {
    accepted++;
    open++;
    peak = Math.max(peak, open);
  }

  void closed() {
    open--;
  }

  void reset() {
    accepted = 0;
    peak = open;
  }

  int accepted() {
    return accepted;
  }

  int peak() {
    return peak;
  }
}
