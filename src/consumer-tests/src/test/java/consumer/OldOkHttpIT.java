package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Two versions of OkHttp on one class path, as where a BOM manages only the name of the old jar.
 */
class OldOkHttpIT {
  private static final Path OLD = Path.of("target/old-okhttp/okhttp-4.12.0.jar").toAbsolutePath();
  private static final Path JAVA = Path.of(System.getProperty("java.home"));

  @Test
  void buildNamesTheJarsAndTheFixIfTheOldVersionIsFirst() throws Exception {
    JavaProcess program = run(Stream.concat(Stream.of(OLD), jars()));

    assertThat(program.exit()).isNotZero();
    assertThat(program.lines())
        .first()
        .asString()
        .contains("IllegalStateException: OkHttp 5 is needed, but an older version is first")
        .contains(OLD + ", " + Jars.named("okhttp-jvm") + ";")
        .contains("manage com.squareup.okhttp3:okhttp and okhttp-jvm to the same version 5");
  }

  @Test
  void buildNamesTheOldJarIfItIsAlone() throws Exception {
    Path jvm = Jars.named("okhttp-jvm");

    JavaProcess program =
        run(Stream.concat(Stream.of(OLD), jars().filter(jar -> !jar.equals(jvm))));

    assertThat(program.exit()).isNotZero();
    assertThat(program.lines()).first().asString().contains("class path: " + OLD + ";");
  }

  @Test
  void oldVersionThatIsLastDoesNoHarm() throws Exception {
    JavaProcess program = run(Stream.concat(jars(), Stream.of(OLD)));

    assertThat(program.lines()).noneMatch(line -> line.contains("OkHttp 5 is needed"));
    assertThat(program.lines()).anyMatch(line -> line.contains("ApiException"));
  }

  private static Stream<Path> jars() throws IOException {
    return Stream.concat(Jars.ofClient().stream(), Stream.of(Jars.CONSUMER));
  }

  /** Against a port where nobody listens. */
  private static JavaProcess run(Stream<Path> classPath) throws Exception {
    String boat = Path.of("../../mock/sample.jpg").toAbsolutePath().toString();
    return JavaProcess.run(
        JAVA,
        List.of(
            "-cp",
            Jars.joined(classPath.toList()),
            AbstractProgramTest.MAIN,
            "http://127.0.0.1:1",
            boat,
            "target"));
  }
}
