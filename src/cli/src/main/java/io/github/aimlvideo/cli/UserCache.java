package io.github.aimlvideo.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder for what can be fetched again, where the operating system expects it. */
final class UserCache {
  private UserCache() {}

  /**
   * The cache folder of this program; it need not exist. Empty if the environment names none.
   *
   * @param system the name of the operating system, as Java has it
   */
  static Optional<Path> folder(Map<String, String> environment, String system) {
    return absolute(environment.get("XDG_CACHE_HOME"))
        .or(() -> usual(environment, system.toLowerCase(Locale.ROOT)))
        .map(folder -> folder.resolve("aiml-video"));
  }

  private static Optional<Path> usual(Map<String, String> environment, String system) {
    if (system.startsWith("windows")) return absolute(environment.get("LOCALAPPDATA"));
    String folder = system.startsWith("mac") ? "Library/Caches" : ".cache";
    return absolute(environment.get("HOME")).map(home -> home.resolve(folder));
  }

  /** A relative path must be ignored, says the XDG Base Directory Specification. */
  private static Optional<Path> absolute(@Nullable String folder) {
    try {
      return Optional.ofNullable(folder).map(Path::of).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
