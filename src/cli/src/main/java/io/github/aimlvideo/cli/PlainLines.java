package io.github.aimlvideo.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;

/** Progress where nothing can live: in a file, on a dumb terminal. */
record PlainLines(PrintWriter err) implements Progress {
  @Override
  public void show(Supplier<String> line) {}

  @Override
  public void print(String line) {
    err.println(visible(line));
  }

  @Override
  public void around(Runnable writing) {
    writing.run();
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public void close() {}

  /** The text without what would steer a terminal, but for ends of lines and tabs. */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\t') visible.setCharAt(i, '?');
    }
    return visible.toString();
  }
}
