package io.github.aimlvideo.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

public interface Progress extends AutoCloseable {
  void show(Supplier<String> line);

  void print(String line);

  boolean isLive();

  @Override
  void close();

  static Progress on(PrintWriter err, boolean quiet) {
    return new Progress() {
      public void show(Supplier<String> line) {}

      public void print(String line) {
        err.println(line);
      }

      public boolean isLive() {
        return false;
      }

      public void close() {}
    };
  }

  static String bar(int done, int total, int width) {
    return done + "/" + total;
  }

  static String time(Duration d) {
    return d.toSeconds() + " s";
  }
}
