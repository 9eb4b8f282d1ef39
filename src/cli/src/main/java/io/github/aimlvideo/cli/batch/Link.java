package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.Image;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Where {@code src} and {@code href} lead: to http, https, a picture within the link, or a file;
 * nowhere else, whatever the manifest has. Quotes, spaces and angle brackets are never in it.
 */
final class Link {
  /** Those that RFC 3986 has, and the % of what is encoded already. */
  private static final String URL_CHARACTERS = "-._~:/?#[]@!$&()*+,;=%";

  private Link() {}

  /** To a picture as the manifest has it. */
  static Optional<String> toPicture(Path folder, String picture) {
    return Image.isUrl(picture) ? Optional.of(encoded(picture)) : toFile(folder, picture);
  }

  /**
   * To a file, relative to the folder, so that both can move together; empty if there can be none.
   */
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

  /** To the part of the page with this id. */
  static String toPart(String id) {
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
