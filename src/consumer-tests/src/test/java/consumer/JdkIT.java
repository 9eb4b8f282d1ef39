package consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs a program on the class path and on the module path, on this JDK and on JDK 25. */
class JdkIT extends AbstractProgramTest {
  private static final String MODULE =
      """
      module consumer {
        requires io.github.aimlvideo;
        requires com.google.gson;
        requires okhttp3;
        requires retrofit2;
      }
      """;

  @Test
  void runsOnTheClassPath() throws Exception {
    runOnClassPath(Jdks.CURRENT);
  }

  @Test
  void runsOnTheModulePath() throws Exception {
    runOnModulePath(Jdks.CURRENT);
  }

  @Test
  void runsOnTheClassPathOfJdk25() throws Exception {
    runOnClassPath(jdk25());
  }

  @Test
  void runsOnTheModulePathOfJdk25() throws Exception {
    runOnModulePath(jdk25());
  }

  private void runOnClassPath(Path jdk) throws Exception {
    run(jdk, "-cp", Jars.programClassPath(), MAIN);
  }

  private void runOnModulePath(Path jdk) throws Exception {
    Modules modules = new Modules(folder.resolve("module"));
    assertThat(modules.compile(MODULE, Path.of("src/main/java/consumer/ConsumerProgram.java")))
        .isEmpty();

    List<Path> path = new ArrayList<>(Jars.ofClient());
    path.add(modules.output());
    run(jdk, "-p", Jars.joined(path), "-m", "consumer/" + MAIN);
  }

  private void run(Path jdk, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(options));
    command.addAll(arguments());

    assertSucceeded(JavaProcess.run(jdk, command));
  }

  private static Path jdk25() throws IOException {
    Optional<Path> jdk = Jdks.ofVersion(25);
    if (System.getenv("CI") != null) {
      assertThat(jdk).as("JDK 25, installed beside this JDK or in JAVA_HOME_25_X64").isPresent();
    }
    assumeTrue(jdk.isPresent(), "no JDK 25: install one, or name it in JAVA_HOME_25_X64");
    return jdk.get();
  }
}
