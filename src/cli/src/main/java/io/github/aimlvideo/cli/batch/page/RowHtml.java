package io.github.aimlvideo.cli.batch.page;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.cli.batch.manifest.ManifestRow;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row as HTML: image and video side by side, prompt, details. */
final class RowHtml {
  /** A longer data URI is left out of the page. */
  private static final int MAX_DATA_URI = 100_000;

  /** A player without a poster is grey and would hide the image behind it. */
  private static final String TRANSPARENT =
      "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

  private final Path folder;
  private final RowResult row;
  private final String id;
  private final boolean firstFrames;
  private final RowStatus status;
  private final String name;

  /**
   * @param firstFrames whether a video without an image shows its first frame
   */
  RowHtml(Path folder, RowResult row, String id, boolean firstFrames) {
    this.folder = folder;
    this.row = row;
    this.id = id;
    this.firstFrames = firstFrames;
    this.status = RowStatus.of(row);
    this.name = HtmlText.text(row.name());
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
            HtmlText.text(id),
            status.word(),
            HtmlText.text(PageLink.toElement(id)),
            name,
            status.word(),
            image(),
            video(),
            row.prompt() == null ? "" : paragraph("prompt", row.prompt()),
            row.file() == null || row.reason() == null ? "" : paragraph("reason", row.reason()),
            details());
  }

  private String image() {
    String image = row.image();
    if (image == null) return "";
    Optional<String> link = PageLink.toImage(folder, image);
    if (link.isEmpty()) return paragraph("frame", "Not the name of a file: " + image);
    boolean shown = isData(image) && image.length() <= MAX_DATA_URI;
    if (ManifestRow.isInline(image) && !shown) {
      String length = HtmlText.number(image.length() / 1000);
      return paragraph("frame", "An image of " + length + " kB in the manifest");
    }
    return """
    <figure>
    <div class="frame"><img src="%s" alt="Image for %s" loading="lazy" decoding="async"></div>
    <figcaption>Image: %s</figcaption>
    </figure>
    """
        .formatted(HtmlText.text(link.get()), name, imageSource(image, link.get()));
  }

  private static String imageSource(String image, String link) {
    if (isData(image)) return "in the manifest";
    return link(link, Image.isUrl(image) ? image : lastName(image));
  }

  /** The video, or the reason why there is none. */
  private String video() {
    String file = row.file();
    Optional<String> link = file == null ? Optional.empty() : PageLink.toFile(folder, file);
    if (file == null || link.isEmpty()) {
      return paragraph("frame none", row.reason() == null ? status.remark : row.reason());
    }
    String background = background();
    return """
    <figure>
    <div class="frame video">%s<video controls playsinline preload="%s"%s src="%s" aria-label="Video %s"></video></div>
    <figcaption>Video: %s</figcaption>
    </figure>
    """
        .formatted(
            background,
            background.isEmpty() && firstFrames ? "metadata" : "none",
            background.isEmpty() ? "" : " poster=\"" + TRANSPARENT + "\"",
            HtmlText.text(link.get()),
            name,
            link(link.get(), lastName(file)));
  }

  /** The image behind the player; as a poster, the images of all rows would load at once. */
  private String background() {
    String image = row.image();
    if (image == null || ManifestRow.isInline(image)) return "";
    return PageLink.toImage(folder, image)
        .map(
            link ->
                "<img src=\"%s\" alt=\"\" loading=\"lazy\" decoding=\"async\">"
                    .formatted(HtmlText.text(link)))
        .orElse("");
  }

  private String details() {
    String details =
        detail("Credits", row.creditsUsed() == null ? null : HtmlText.number(row.creditsUsed()))
            + detail(
                "Time", row.elapsedSeconds() == null ? null : HtmlText.time(row.elapsedSeconds()))
            + detail("Generation", row.id())
            + detail("Client request", row.clientRequestId());
    return details.isEmpty() ? "" : "<dl>\n" + details + "</dl>\n";
  }

  private static String detail(String label, @Nullable String value) {
    if (value == null) return "";
    return "<div><dt>%s</dt> <dd>%s</dd></div>\n".formatted(label, HtmlText.text(value));
  }

  private static String paragraph(String style, String text) {
    return "<p class=\"%s\" dir=\"auto\">%s</p>\n".formatted(style, HtmlText.text(text));
  }

  private static String link(String link, String label) {
    return "<a href=\"%s\" dir=\"auto\">%s</a>"
        .formatted(HtmlText.text(link), HtmlText.text(label));
  }

  private static String lastName(String path) {
    Path last = Path.of(path).getFileName();
    return last == null ? path : last.toString();
  }

  private static boolean isData(String image) {
    return image.regionMatches(true, 0, "data:", 0, 5);
  }
}
