package io.github.aimlvideo.cli.batch.page;

import gg.jte.html.OwaspHtmlTemplateOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/**
 * The page of a batch: a card for each row. It loads only images and videos, and works from disk
 * and without scripts.
 */
public final class ResultsPage {
  public static final String FILE = "index.html";

  private ResultsPage() {}

  /** Writes the page of a batch in {@code folder}. */
  public static void write(Writer out, Path folder, String title, List<RowResult> rows)
      throws IOException {
    write(out, folder, title, rows, false);
  }

  /**
   * Writes the page of a batch in {@code folder}.
   *
   * @param running whether the page will be written again soon; it reloads by itself until it is
   *     not
   */
  public static void write(
      Writer out, Path folder, String title, List<RowResult> rows, boolean running)
      throws IOException {
    render(Page.of(folder, title, rows, running), out);
  }

  @SuppressWarnings("NullAway") // the templates have no tags for an interceptor
  private static void render(Page page, Writer out) throws IOException {
    try {
      JtepageGenerated.render(new OwaspHtmlTemplateOutput(new PageOutput(out)), null, page);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
