package io.github.aimlvideo.cli.generation;

import io.github.aimlvideo.cli.ErrorMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The file that a video is saved to: the one that is asked for, or one with a free name. */
final class OutputFile {
  /** File systems allow 255, or 143 if they encrypt names; a number and .mp4 follow. */
  private static final int MAX_BYTES = 130;

  @Option(
      names = {"-o", "--output"},
      converter = Converter.class,
      paramLabel = "FILE",
      description =
          "Where to save the video (default: in this folder, named after the image or the id).")
  private @Nullable Path path;

  @Option(names = "--overwrite", description = "Replace FILE if it exists.")
  private boolean overwrite;

  /** The file that is asked for; null for a default name. */
  @Nullable Path path() {
    return path;
  }

  /** The options as given, for a command that resumes. */
  List<String> options() {
    if (path == null) return List.of();
    String file = path.toString();
    return overwrite ? List.of("-o", file, "--overwrite") : List.of("-o", file);
  }

  /**
   * Checks before anything is sent that no video is lost: the existing one may have cost money.
   *
   * @throws IllegalArgumentException if the file exists and is not to be replaced
   */
  void check() {
    if (path == null || !Files.exists(path)) return;
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException(
          "cannot save to " + path + ": it exists and is not a regular file");
    }
    if (overwrite || isEmpty(path)) return;
    throw new IllegalArgumentException(
        "--output: " + path + " exists; choose another, or add --overwrite");
  }

  /**
   * Runs work that saves a video.
   *
   * @param name for a file that nobody asked for
   */
  void save(String name, Consumer<Path> work) {
    if (path != null) {
      work.accept(path);
      return;
    }
    Path reserved = reserve(Path.of(""), safeName(name));
    try {
      work.accept(reserved);
    } finally {
      release(reserved);
    }
  }

  /**
   * Makes an empty {@code NAME.mp4}, or {@code NAME-2.mp4} and so on if that exists, so that no
   * other command takes the name.
   */
  static Path reserve(Path folder, String name) {
    for (int i = 1; ; i++) {
      Path file = folder.resolve(name + (i == 1 ? "" : "-" + i) + ".mp4");
      try {
        return Files.createFile(file);
      } catch (FileAlreadyExistsException e) {
        // the next name
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "cannot save to " + file + ": " + ErrorMessage.reason(e), e);
      }
    }
  }

  /** Deletes a reserved file that got no video. */
  static void release(Path reserved) {
    try {
      if (isEmpty(reserved)) Files.deleteIfExists(reserved);
    } catch (IOException e) {
      // an empty file stays
    }
  }

  private static boolean isEmpty(Path file) {
    try {
      return Files.size(file) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A name that is not a path, an option or a hidden file, made from any text. */
  static String safeName(String text) {
    String name = text.replaceAll("[^\\p{L}\\p{M}\\p{N}._ -]", "_").replaceFirst("^[-. ]+", "");
    return name.isBlank() ? "video" : shorten(name);
  }

  /** Cuts between characters as people see them. */
  private static String shorten(String name) {
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(name);
    int end = 0;
    for (int next = characters.next(); next != BreakIterator.DONE; next = characters.next()) {
      if (name.substring(0, next).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) break;
      end = next;
    }
    return name.substring(0, end);
  }

  /** The value of {@code --output}: a file, not a folder or a stream. */
  static final class Converter implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.equals("-")) {
        throw new TypeConversionException("a video cannot go to standard output; name a file");
      }
      if (text.isBlank() || text.endsWith("/")) {
        throw new TypeConversionException("'" + text + "' is not the name of a file");
      }
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw new TypeConversionException("'" + text + "' is not the name of a file");
      }
    }
  }
}
