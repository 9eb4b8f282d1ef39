package io.github.aimlvideo.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A JSON file that an option names.
 *
 * @param name of the file; {@code -} is standard input
 */
record JsonFile(String option, String name) {
  /**
   * What is in it.
   *
   * @throws IllegalArgumentException if it cannot be read or holds no JSON; the message says why
   */
  JsonElement read() {
    try {
      return JsonParser.parseString(isInput() ? input() : Files.readString(Path.of(name)));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(option + ": no such file: " + name, e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(option + ": cannot read " + name + ": " + e, e);
    } catch (JsonParseException e) {
      throw new IllegalArgumentException(option + ": no JSON: " + name + ": " + e.getMessage(), e);
    }
  }

  /** Where the pictures are that it names. */
  JsonRequest pictures() {
    return new JsonRequest(
        isInput() ? Path.of("") : Path.of(name).toAbsolutePath().resolveSibling(""));
  }

  private boolean isInput() {
    return name.equals("-");
  }

  private static String input() throws IOException {
    return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
