package io.github.aimlvideo.testing;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The place for cached files on this operating system. */
final class CacheFolder {
  private CacheFolder() {}

  /** The cache folder of this program for the current user; empty if the system has none. */
  static Optional<Path> ofUser() {
    return of(System.getenv(), System.getProperty("user.home"), System.getProperty("os.name"));
  }

  static Optional<Path> of(Map<String, String> environment, @Nullable String home, String system) {
    return Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
        .filter(folder -> !folder.isBlank())
        .or(() -> usual(environment, home, system.toLowerCase(Locale.ROOT)))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .map(folder -> folder.resolve("aiml-video"));
  }

  private static Optional<String> usual(
      Map<String, String> environment, @Nullable String home, String system) {
    if (system.startsWith("windows")) return Optional.ofNullable(environment.get("LOCALAPPDATA"));
    if (home == null || home.isBlank()) return Optional.empty();
    return Optional.of(home + (system.startsWith("mac") ? "/Library/Caches" : "/.cache"));
  }
}
