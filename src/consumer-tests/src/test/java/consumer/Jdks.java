package consumer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The JDKs of this machine. */
final class Jdks {
  static final Path CURRENT = Path.of(System.getProperty("java.home"));

  private Jdks() {}

  /**
   * A JDK of that feature version: the current one, one in a variable such as JAVA_HOME_25_X64, or
   * one that is installed beside the current one.
   */
  static Optional<Path> ofVersion(int feature) throws IOException {
    Stream<Path> named =
        System.getenv().entrySet().stream()
            .filter(variable -> variable.getKey().startsWith("JAVA_HOME_" + feature))
            .map(Map.Entry::getValue)
            .map(Path::of);
    try (Stream<Path> siblings = Files.list(CURRENT.getParent())) {
      return Stream.of(Stream.of(CURRENT), named, siblings)
          .flatMap(homes -> homes)
          .filter(home -> feature(home) == feature)
          .findFirst();
    }
  }

  /** The feature version, 0 if the folder is not a JDK. */
  private static int feature(Path home) {
    Properties release = new Properties();
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    } catch (IOException notAJdk) {
      return 0;
    }
    String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    return version.isEmpty() ? 0 : Runtime.Version.parse(version).feature();
  }
}
