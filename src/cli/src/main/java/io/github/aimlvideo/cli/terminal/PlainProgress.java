package io.github.aimlvideo.cli.terminal;

import java.io.PrintWriter;
import java.util.function.Supplier;

/** Progress without a progress line: for a file, a pipe or a dumb terminal. */
record PlainProgress(PrintWriter err) implements Progress {
  @Override
  public void show(Supplier<String> line) {}

  @Override
  public void print(String... lines) {
    err.print(Progress.shown(lines));
    err.flush();
  }

  @Override
  public void withLineErased(Runnable writing) {
    writing.run();
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public void close() {}
}
