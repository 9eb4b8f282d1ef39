package io.github.aimlvideo.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a video goes. */
final class OutputFile {
  private OutputFile() {}

  /**
   * {@code NAME.mp4} in the current folder, or {@code NAME-2.mp4} and so on where that is taken.
   */
  static Path free(String name) {
    Path file = Path.of(name + ".mp4");
    for (int i = 2; Files.exists(file); i++) file = Path.of(name + "-" + i + ".mp4");
    return file;
  }

  /**
   * A name that is no path, no option and no hidden file, whatever the server or the link made of
   * it.
   */
  static String safeName(String text) {
    String name = text.replaceAll("[^\\p{L}\\p{N}._ -]", "_").replaceFirst("^[-. ]+", "");
    if (name.length() > 100) name = name.substring(0, 100);
    return name.isBlank() ? "video" : name;
  }
}
