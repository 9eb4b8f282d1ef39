package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.Image;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of the manifest as HTML: picture beside film, prompt, facts. */
final class Card {
  /** A longer one stays out of the page. */
  private static final int LONGEST_DATA_URL = 100_000;

  /** Without a poster a player paints itself grey, and would hide the picture behind it. */
  private static final String CLEAR =
      "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

  private final Path folder;
  private final RowResult row;
  private final String id;
  private final boolean firstFrames;
  private final Status status;
  private final String name;

  /** {@code firstFrames}: whether a film without a picture shows how it begins. */
  Card(Path folder, RowResult row, String id, boolean firstFrames) {
    this.folder = folder;
    this.row = row;
    this.id = id;
    this.firstFrames = firstFrames;
    this.status = Status.of(row);
    this.name = Html.text(row.name());
  }

  String html() {
    return """
    <article id="%s" class="%s">
    <header><h2 dir="auto"><a href="%s">%s</a></h2> <p class="status">%s</p></header>
    <div class="pair">
    %s%s</div>
    %s%s%s</article>
    """
        .formatted(
            Html.text(id),
            status.word(),
            Html.text(Link.toPart(id)),
            name,
            status.word(),
            picture(),
            film(),
            row.prompt() == null ? "" : paragraph("prompt", row.prompt()),
            row.file() == null || row.reason() == null ? "" : paragraph("reason", row.reason()),
            facts());
  }

  private String picture() {
    String picture = row.picture();
    if (picture == null) return "";
    Optional<String> link = Link.toPicture(folder, picture);
    if (link.isEmpty()) return paragraph("frame", "No file has this name: " + picture);
    if (isData(picture) && picture.length() > LONGEST_DATA_URL) {
      String length = Html.number(picture.length() / 1000);
      return paragraph("frame", "A picture of " + length + " kB within the manifest");
    }
    return """
    <figure>
    <div class="frame"><img src="%s" alt="Picture for %s" loading="lazy" decoding="async"></div>
    <figcaption>Picture: %s</figcaption>
    </figure>
    """
        .formatted(Html.text(link.get()), name, pictureOrigin(picture, link.get()));
  }

  private static String pictureOrigin(String picture, String link) {
    if (isData(picture)) return "within the manifest";
    return link(link, Image.isUrl(picture) ? picture : lastName(picture));
  }

  /** The film, or in its place what stands in its way. */
  private String film() {
    String file = row.file();
    Optional<String> link = file == null ? Optional.empty() : Link.toFile(folder, file);
    if (file == null || link.isEmpty()) {
      return paragraph("frame none", row.reason() == null ? status.remark : row.reason());
    }
    String behind = behind();
    return """
    <figure>
    <div class="frame film">%s<video controls playsinline preload="%s"%s src="%s" aria-label="Film %s"></video></div>
    <figcaption>Film: %s</figcaption>
    </figure>
    """
        .formatted(
            behind,
            behind.isEmpty() && firstFrames ? "metadata" : "none",
            behind.isEmpty() ? "" : " poster=\"" + CLEAR + "\"",
            Html.text(link.get()),
            name,
            link(link.get(), lastName(file)));
  }

  /** The picture behind the player; as its poster it would be loaded at once, in each row. */
  private String behind() {
    String picture = row.picture();
    if (picture == null || isData(picture)) return "";
    return Link.toPicture(folder, picture)
        .map(
            link ->
                "<img src=\"%s\" alt=\"\" loading=\"lazy\" decoding=\"async\">"
                    .formatted(Html.text(link)))
        .orElse("");
  }

  private String facts() {
    String facts =
        fact("Credits", row.creditsUsed() == null ? null : Html.number(row.creditsUsed()))
            + fact("Time", row.elapsedSeconds() == null ? null : Html.time(row.elapsedSeconds()))
            + fact("Generation", row.id())
            + fact("Client request", row.clientRequestId());
    return facts.isEmpty() ? "" : "<dl>\n" + facts + "</dl>\n";
  }

  private static String fact(String label, @Nullable String value) {
    if (value == null) return "";
    return "<div><dt>%s</dt> <dd>%s</dd></div>\n".formatted(label, Html.text(value));
  }

  private static String paragraph(String style, String text) {
    return "<p class=\"%s\" dir=\"auto\">%s</p>\n".formatted(style, Html.text(text));
  }

  private static String link(String link, String label) {
    return "<a href=\"%s\" dir=\"auto\">%s</a>".formatted(Html.text(link), Html.text(label));
  }

  private static String lastName(String path) {
    Path last = Path.of(path).getFileName();
    return last == null ? path : last.toString();
  }

  private static boolean isData(String picture) {
    return picture.regionMatches(true, 0, "data:", 0, 5);
  }
}
