package io.github.aimlvideo.cli.batch.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of a batch: a summary, then image and video of each row side by side. It has no script,
 * loads only images and videos, and works from disk.
 */
public final class ResultsPage {
  public static final String FILE = "index.html";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(title|summary|rows)}");

  /** Each video that shows its first frame needs a player; phones allow few of them. */
  private static final int MAX_FIRST_FRAMES = 40;

  private final Path folder;
  private final String title;
  private final List<RowResult> rows;
  private final List<String> ids;

  private ResultsPage(Path folder, String title, List<RowResult> rows) {
    this.folder = folder;
    this.title = title;
    this.rows = rows;
    this.ids = ids(rows);
  }

  /** Writes the page of a batch in {@code folder}. */
  public static void write(Writer out, Path folder, String title, List<RowResult> rows)
      throws IOException {
    new ResultsPage(folder, title, rows).write(out);
  }

  private void write(Writer out) throws IOException {
    String template = template();
    Matcher placeholder = PLACEHOLDER.matcher(template);
    int end = 0;
    while (placeholder.find()) {
      out.append(template, end, placeholder.start());
      end = placeholder.end();
      switch (placeholder.group(1)) {
        case "title" -> out.append(HtmlText.text(title));
        case "summary" -> new SummaryHtml(rows, ids).write(out);
        default -> writeRows(out);
      }
    }
    out.append(template, end, template.length());
  }

  private void writeRows(Writer out) throws IOException {
    boolean firstFrames = rows.size() <= MAX_FIRST_FRAMES;
    for (int i = 0; i < rows.size(); i++) {
      out.append(new RowHtml(folder, rows.get(i), ids.get(i), firstFrames).html());
    }
  }

  private static String template() throws IOException {
    try (InputStream in = ResultsPage.class.getResourceAsStream("page.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Unique element ids without spaces, made from the names of the rows. */
  private static List<String> ids(List<RowResult> rows) {
    List<String> ids = new ArrayList<>(rows.size());
    Set<String> taken = new HashSet<>();
    for (RowResult row : rows) {
      String name = row.name().isBlank() ? "row" : row.name().replaceAll("[\\s\\p{Cntrl}]", "-");
      String id = name;
      for (int i = 2; !taken.add(id); i++) id = name + "-" + i;
      ids.add(id);
    }
    return ids;
  }
}
