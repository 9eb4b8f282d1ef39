package io.github.aimlvideo.cli.batch.page;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.cli.batch.manifest.ManifestRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row as the template shows it; null for what it does not have.
 *
 * @param link to the video, else to the image, else to the card itself
 * @param image link to the image; null if the page cannot show it
 * @param video link to the video
 * @param reason why there is no video, or what is wrong with it, in plain words
 * @param cost or why there is none
 * @param details time and ids, in lines
 */
record Card(
    String id,
    RowStatus status,
    String name,
    String link,
    @Nullable String image,
    @Nullable String video,
    @Nullable String prompt,
    @Nullable String reason,
    String cost,
    @Nullable String details) {
  /** A longer data URI is left out of the page. */
  private static final int MAX_DATA_URI = 100_000;

  static Card of(Path folder, RowResult row, String id) {
    String file = row.file();
    String video = file == null ? null : PageLink.toFile(folder, file).orElse(null);
    String image = row.image() == null ? null : image(folder, row.image());
    return new Card(
        id,
        RowStatus.of(row),
        row.name(),
        Objects.requireNonNullElseGet(video, () -> withoutVideo(image, id)),
        image,
        video,
        row.prompt(),
        PlainReason.of(row),
        cost(row),
        details(row, image));
  }

  private static String cost(RowResult row) {
    Cost cost = row.cost();
    return cost == null ? RowStatus.of(row).withoutCost : PageText.cost(cost);
  }

  private static @Nullable String details(RowResult row, @Nullable String image) {
    List<String> lines = new ArrayList<>();
    if (row.elapsedSeconds() != null) lines.add("Time: " + PageText.time(row.elapsedSeconds()));
    if (row.id() != null) lines.add("Generation: " + row.id());
    if (row.clientRequestId() != null) lines.add("Client request: " + row.clientRequestId());
    if (row.image() != null && image == null) lines.add(notShown(row.image()));
    return lines.isEmpty() ? null : String.join("\n", lines);
  }

  private static @Nullable String image(Path folder, String image) {
    boolean shown = isFileOrUrl(image) || isData(image) && image.length() <= MAX_DATA_URI;
    return shown ? PageLink.toImage(folder, image).orElse(null) : null;
  }

  /** Browsers open no data URI. */
  private static String withoutVideo(@Nullable String image, String id) {
    return image == null || isData(image) ? PageLink.toElement(id) : image;
  }

  private static String notShown(String image) {
    return isFileOrUrl(image)
        ? "Image: not the name of a file: " + image
        : "Image: " + PageText.number(image.length() / 1000) + " kB in the manifest";
  }

  private static boolean isFileOrUrl(String image) {
    return !ManifestRow.isInline(image);
  }

  private static boolean isData(String image) {
    return image.regionMatches(true, 0, "data:", 0, 5);
  }
}
