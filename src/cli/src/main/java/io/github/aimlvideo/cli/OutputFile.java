package io.github.aimlvideo.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The file that a video is saved to. */
final class OutputFile {
  private OutputFile() {}

  /** {@code NAME.mp4} in the current folder, or {@code NAME-2.mp4} and so on if that exists. */
  static Path unused(String name) {
    Path file = Path.of(name + ".mp4");
    for (int i = 2; Files.exists(file, LinkOption.NOFOLLOW_LINKS); i++)
      file = Path.of(name + "-" + i + ".mp4");
    return file;
  }

  /** A name that is not a path, an option or a hidden file, made from any text. */
  static String safeName(String text) {
    String name = text.replaceAll("[^\\p{L}\\p{N}._ -]", "_").replaceFirst("^[-. ]+", "");
    if (name.length() > 100) name = name.substring(0, 100);
    return name.isBlank() ? "video" : name;
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
      return Path.of(text);
    }
  }
}
