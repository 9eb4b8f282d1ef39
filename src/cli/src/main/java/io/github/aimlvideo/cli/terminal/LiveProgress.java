package io.github.aimlvideo.cli.terminal;

import java.io.PrintWriter;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * Progress with a progress line, redrawn each second. Between redraws the cursor stays at the
 * beginning of the line: the next redraw then erases an echoed ^C, and also a line that the
 * terminal wrapped when it became narrower.
 */
final class LiveProgress implements Progress {
  /** Marks around highlighted words; Unicode noncharacters, which no text has. */
  static final char BRIGHT = '\uFDD0';

  static final char PLAIN = '\uFDD1';

  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private static final String ERASE_REST = "\033[J";

  /** Erases from the second column; from the first, tmux would keep the line in its history. */
  private static final String ERASE = "\r " + ERASE_REST + "\r";

  /** Some terminals draw a character wider than JLine expects; the line must not wrap then. */
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

  /**
   * @param columns the width of the terminal now; 0 to draw nothing
   */
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
  public synchronized void print(String... lines) {
    if (closed) new PlainProgress(err).print(lines);
    else write(Progress.shown(lines));
  }

  @Override
  public synchronized void withLineErased(Runnable writing) {
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

  /** Reads the width outside the lock, as that takes a while. */
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

  /** Writes lines that stay and the progress line below them, in one piece. */
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

  /** The text, cut to so many columns; characters that a terminal would obey are visible. */
  static String fit(String text, int columns, boolean colours) {
    AttributedStringBuilder styled = new AttributedStringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c == BRIGHT) styled.style(HIGHLIGHT);
              else if (c == PLAIN) styled.style(AttributedStyle.DEFAULT);
              else if (joins(c)) return;
              else if (TerminalText.isHidden(c)) styled.append(TerminalText.escape(c));
              else styled.appendCodePoint(c);
            });
    AttributedString fitting = styled.columnSubSequence(0, columns);
    return colours ? fitting.toAnsi() : fitting.toString();
  }

  /** Whether emoji are joined or changed by it: terminals disagree about the width of these. */
  private static boolean joins(int c) {
    return c == ZERO_WIDTH_JOINER || c >= 0xFE00 && c <= 0xFE0F;
  }
}
