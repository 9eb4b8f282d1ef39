package io.github.aimlvideo.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;

/** Progress without a progress line: for a file, a pipe or a dumb terminal. */
record PlainProgress(PrintWriter err) implements Progress {
  @Override
  public void show(Supplier<String> line) {}

  @Override
  public void print(String line) {
    err.println(visible(line));
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

  /** The text with control characters as {@code ?}, except newlines and tabs. */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\t') visible.setCharAt(i, '?');
    }
    return visible.toString();
  }
}
