package io.github.aimlvideo.cli.batch.page;

import gg.jte.TemplateOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Writes what the template and its escaping make, without the characters that HTML forbids. */
final class PageOutput implements TemplateOutput {
  private static final char REPLACEMENT = '\uFFFD';

  private final Writer out;

  PageOutput(Writer out) {
    this.out = out;
  }

  @Override
  public void writeContent(String text) {
    writeContent(text, 0, text.length());
  }

  @Override
  public void writeContent(String text, int start, int end) {
    try {
      int written = start;
      for (int i = start; i < end; i++) {
        if (isText(text, i)) continue;
        out.write(text, written, i - written);
        out.write(REPLACEMENT);
        written = i + 1;
      }
      out.write(text, written, end - written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** HTML allows no control characters, and UTF-8 no single surrogates. */
  private static boolean isText(String text, int index) {
    char character = text.charAt(index);
    if (!Character.isSurrogate(character)) {
      return !Character.isISOControl(character) || character == '\n' || character == '\t';
    }
    int first = Character.isLowSurrogate(character) ? index - 1 : index;
    return first >= 0
        && first + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(first), text.charAt(first + 1));
  }
}
