package consumer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The JDK of this build, and others of this machine. */
final class Jdks {
  static final Path THIS = Path.of(System.getProperty("java.home"));

  private Jdks() {}

  /**
   * A JDK of that feature version: this one, one in JAVA_HOME_25_X64 and the like, or one that is
   * installed beside this.
   */
  static Optional<Path> ofVersion(int feature) throws IOException {
    Stream<Path> named =
        System.getenv().entrySet().stream()
            .filter(variable -> variable.getKey().startsWith("JAVA_HOME_" + feature))
            .map(Map.Entry::getValue)
            .map(Path::of);
    try (Stream<Path> beside = Files.list(THIS.getParent())) {
      return Stream.of(Stream.of(THIS), named, beside)
          .flatMap(homes -> homes)
          .filter(home -> feature(home) == feature)
          .findFirst();
    }
  }

  /** 0 if it is no JDK. */
  private static int feature(Path home) {
    Properties release = new Properties();
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    } catch (IOException noJdk) {
      return 0;
    }
    String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    return version.isEmpty() ? 0 : Runtime.Version.parse(version).feature();
  }
}
