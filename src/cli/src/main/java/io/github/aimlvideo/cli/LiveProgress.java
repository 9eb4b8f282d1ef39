package io.github.aimlvideo.cli;

import java.io.PrintWriter;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * A line at the bottom of a terminal that is drawn anew each second. Between two drawings the
 * cursor stands at its beginning, so that what is echoed there (^C) is erased with it, and so that
 * a terminal which breaks the line when it gets narrower keeps the cursor above all of it.
 */
final class LiveProgress implements Progress {
  /** Around what stands out; Unicode leaves these two to each program, no text has them. */
  static final char BRIGHT = '\uFDD0';

  static final char PLAIN = '\uFDD1';

  private static final String ERASE_REST = "\033[J";

  /**
   * Not from the first column: on the first line, tmux would keep what is erased in its history.
   */
  private static final String ERASE = "\r " + ERASE_REST + "\r";

  /** A terminal may take a character for wider than JLine does; then it is not to wrap. */
  private static final String NO_WRAP = "\033[?7l";

  private static final String WRAP = "\033[?7h";

  private static final AttributedStyle HIGHLIGHT =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);

  private final PrintWriter err;
  private final IntSupplier columns;
  private final boolean colours;
  private @Nullable Supplier<String> line;
  private int width;
  private boolean closed;

  /** Draws as many columns as there are at that moment, and nothing where there are none. */
  LiveProgress(PrintWriter err, IntSupplier columns, boolean colours) {
    this.err = err;
    this.columns = columns;
    this.colours = colours;
  }

  @Override
  public synchronized void show(Supplier<String> shown) {
    boolean first = line == null;
    line = shown;
    if (closed) return;
    if (first) startDrawing();
    else write("");
  }

  @Override
  public synchronized void print(String text) {
    if (closed) new PlainLines(err).print(text);
    else write(PlainLines.visible(text) + System.lineSeparator());
  }

  @Override
  public synchronized void around(Runnable writing) {
    boolean drawn = width > 0 && line != null && !closed;
    if (drawn) err.print(ERASE);
    err.flush();
    writing.run();
    if (drawn) write("");
  }

  @Override
  public synchronized boolean isLive() {
    return !closed;
  }

  @Override
  public synchronized void close() {
    if (closed) return;
    closed = true;
    write("");
    notifyAll();
  }

  private void startDrawing() {
    Thread drawing = new Thread(this::draw, "progress");
    drawing.setDaemon(true);
    drawing.start();
  }

  /** To look for the width takes a while, in which others may print. */
  private void draw() {
    while (draw(columns.getAsInt())) {}
  }

  private synchronized boolean draw(int columnsNow) {
    if (closed) return false;
    width = columnsNow;
    write("");
    try {
      wait(1000);
    } catch (InterruptedException e) {
      return false;
    }
    return !closed;
  }

  /** In one piece, which no other program's can part: lines that stay, and the live one below. */
  private void write(String above) {
    Supplier<String> drawn = width > 0 ? line : null;
    StringBuilder all = new StringBuilder();
    if (drawn != null && (closed || !above.isEmpty())) all.append(ERASE);
    all.append(above);
    if (drawn != null && !closed) {
      String text = fit(drawn.get(), width - 1, colours);
      all.append(NO_WRAP).append(text).append(ERASE_REST).append(WRAP).append('\r');
    }
    err.print(all);
    err.flush();
  }

  /** The text as far as it fits, with nothing in it that would steer a terminal. */
  static String fit(String text, int columns, boolean colours) {
    AttributedStringBuilder styled = new AttributedStringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c == BRIGHT) styled.style(HIGHLIGHT);
              else if (c == PLAIN) styled.style(AttributedStyle.DEFAULT);
              else if (Character.isISOControl(c)) styled.append('?');
              else if (hasPlace(c)) styled.appendCodePoint(c);
            });
    AttributedString fitting = styled.columnSubSequence(0, columns);
    return colours ? fitting.toAnsi() : fitting.toString();
  }

  /** Not what joins, turns or alters others: how many columns these take, terminals disagree. */
  private static boolean hasPlace(int c) {
    boolean altersOther = c >= 0xFE00 && c <= 0xFE0F;
    return switch (Character.getType(c)) {
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> !altersOther;
    };
  }
}
