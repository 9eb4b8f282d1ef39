package io.github.aimlvideo.cli.batch;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of a batch: a summary, then picture beside film for each row. It has no script, loads
 * nothing but pictures and films, and works from disk.
 */
final class Page {
  private static final Pattern PLACE = Pattern.compile("\\$\\{(title|summary|rows)}");

  /** Browsers open a player for each film that shows its first frame, and phones few of them. */
  private static final int FIRST_FRAMES = 40;

  private final Path folder;
  private final String title;
  private final List<RowResult> rows;
  private final List<String> ids;

  private Page(Path folder, String title, List<RowResult> rows) {
    this.folder = folder;
    this.title = title;
    this.rows = rows;
    this.ids = ids(rows);
  }

  /**
   * Writes {@code index.html}, whole or not at all; the page that was there stays until then. One
   * thread at a time.
   */
  static void write(Path folder, String title, List<RowResult> rows) throws IOException {
    Path part = folder.resolve(".index.html.part");
    try {
      Files.deleteIfExists(part); // of a run that was ended, or a link to somewhere
      try (Writer out = Files.newBufferedWriter(part, StandardOpenOption.CREATE_NEW)) {
        new Page(folder, title, rows).write(out);
      }
      Path page = folder.resolve("index.html");
      Files.move(part, page, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void write(Writer out) throws IOException {
    String template = template();
    Matcher place = PLACE.matcher(template);
    int end = 0;
    while (place.find()) {
      out.append(template, end, place.start());
      end = place.end();
      switch (place.group(1)) {
        case "title" -> out.append(Html.text(title));
        case "summary" -> new Summary(rows, ids).write(out);
        default -> writeRows(out);
      }
    }
    out.append(template, end, template.length());
  }

  private void writeRows(Writer out) throws IOException {
    boolean firstFrames = rows.size() <= FIRST_FRAMES;
    for (int i = 0; i < rows.size(); i++) {
      out.append(new Card(folder, rows.get(i), ids.get(i), firstFrames).html());
    }
  }

  private static String template() throws IOException {
    try (InputStream in = Page.class.getResourceAsStream("page.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The names, which may have no space as an id, and have to differ. */
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
