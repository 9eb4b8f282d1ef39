package io.github.aimlvideo.cli.request;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The files that a command reads, and that no output may replace. */
public final class InputFiles {
  private final Map<Object, Path> files = new HashMap<>();

  /** Adds a file; one that does not exist cannot be replaced either. */
  public void add(Path file) {
    identity(file).ifPresent(identity -> files.putIfAbsent(identity, file));
  }

  /**
   * Checks that an output is none of the files, by whatever name, link or folder.
   *
   * @param option names the output
   * @throws IllegalArgumentException if it is one
   */
  public void checkOutput(String option, Path output) {
    Path input = identity(output).map(files::get).orElse(null);
    if (input == null) return;
    throw new IllegalArgumentException(
        option + ": " + output + " is the same file as the input " + input + "; choose another");
  }

  /** Equal where {@link Files#isSameFile} is true, so that thousands of files are compared fast. */
  private static Optional<Object> identity(Path file) {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return Optional.of(key == null ? file.toRealPath() : key); // Windows has no keys
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
