package consumer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The jars that Maven resolves for this project. */
final class Jars {
  static final Path CONSUMER = Path.of("target/classes").toAbsolutePath();

  private Jars() {}

  /** The client and its dependencies, as a program gets them that depends on the client only. */
  static List<Path> ofClient() throws IOException {
    return read("target/runtime-classpath");
  }

  /** The same and all test dependencies. */
  static List<Path> ofTests() throws IOException {
    return read("target/test-classpath");
  }

  static Path named(String artifactId) throws IOException {
    return ofTests().stream().filter(jar -> name(jar).equals(artifactId)).findFirst().orElseThrow();
  }

  static List<String> names(List<Path> jars) {
    return jars.stream().map(Jars::name).toList();
  }

  /** The file name without the version. */
  static String name(Path jar) {
    return jar.getFileName().toString().replaceFirst("-\\d.*", "");
  }

  static String joined(List<Path> path) {
    return String.join(File.pathSeparator, path.stream().map(Path::toString).toList());
  }

  /** The class path of {@link ConsumerProgram}. */
  static String programClassPath() throws IOException {
    return joined(Stream.concat(ofClient().stream(), Stream.of(CONSUMER)).toList());
  }

  private static List<Path> read(String file) throws IOException {
    return Stream.of(Files.readString(Path.of(file)).trim().split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }
}
