package io.github.aimlvideo.cli.batch.page;

import io.github.aimlvideo.Image;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The values of {@code src} and {@code href}: http, https, a data URI of an image, or a file,
 * whatever the manifest has. They never hold quotes, spaces or angle brackets.
 */
final class PageLink {
  /** The characters of RFC 3986, and the % of what is encoded already. */
  private static final String URL_CHARACTERS = "-._~:/?#[]@!$&()*+,;=%";

  private PageLink() {}

  /** A link to an image of the manifest. */
  static Optional<String> toImage(Path folder, String image) {
    return Image.isUrl(image) ? Optional.of(encoded(image)) : toFile(folder, image);
  }

  /** A link to a file, relative to the folder so that both can be moved; empty for a bad name. */
  static Optional<String> toFile(Path folder, String file) {
    try {
      Path from = folder.toAbsolutePath().normalize();
      return Optional.of(between(from, from.resolve(file).normalize()));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String between(Path folder, Path file) {
    if (!folder.getRoot().equals(file.getRoot())) return file.toUri().toString(); // another drive
    return StreamSupport.stream(folder.relativize(file).spliterator(), false)
        .map(name -> component(name.toString()))
        .collect(Collectors.joining("/"));
  }

  /** A link to an element of the page. */
  static String toElement(String id) {
    return "#" + component(id);
  }

  private static String component(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String encoded(String url) {
    StringBuilder encoded = new StringBuilder(url.length());
    url.codePoints()
        .forEach(
            character -> {
              if (isAllowed(character)) encoded.appendCodePoint(character);
              else encoded.append(component(Character.toString(character)));
            });
    return encoded.toString();
  }

  private static boolean isAllowed(int character) {
    return character < 128
        && (Character.isLetterOrDigit(character) || URL_CHARACTERS.indexOf(character) >= 0);
  }
}
