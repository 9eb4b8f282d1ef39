package io.github.aimlvideo.cli.request;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import io.github.aimlvideo.cli.ErrorMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The JSON file that an option names.
 *
 * @param name of the file; {@code -} for standard input
 */
record JsonFile(String option, String name) {
  /** Where the system has it, this is the file that a shell redirects from. */
  private static final Path STANDARD_INPUT = Path.of("/dev/stdin");

  /**
   * The content of the file.
   *
   * @throws IllegalArgumentException if it cannot be read or is not JSON
   */
  JsonElement read() {
    String text;
    try {
      text = isStandardInput() ? readInput() : Files.readString(path());
    } catch (IOException e) {
      throw new IllegalArgumentException(option + ": " + ErrorMessage.reason(e), e);
    }
    try {
      return JsonText.parse(text);
    } catch (JsonParseException | IllegalArgumentException e) {
      throw invalid(ErrorMessage.reason(e), e);
    }
  }

  private Path path() {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw invalid("not the name of a file", e);
    }
  }

  /** An exception that says what is wrong with the file. */
  IllegalArgumentException invalid(String problem, @Nullable Exception cause) {
    return new IllegalArgumentException(option + ": " + name + ": " + problem, cause);
  }

  /** A reader for the requests in it, whose images are relative to this file. */
  JsonRequestReader requestReader(InputFiles inputs) {
    inputs.add(isStandardInput() ? STANDARD_INPUT : path());
    return new JsonRequestReader(
        isStandardInput() ? Path.of("") : path().toAbsolutePath().resolveSibling(""), inputs);
  }

  private boolean isStandardInput() {
    return name.equals("-");
  }

  private static String readInput() throws IOException {
    return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
