package consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * A consumer's program on the class path and on the module path, on the JDK of the build and on JDK
 * 25.
 */
class JdksTest extends FilmRuns {
  private static final String MAIN = "consumer.Film";

  @Test
  void runsOnTheClassPath() throws Exception {
    onClassPath(Jdks.THIS);
  }

  @Test
  void runsOnTheModulePath() throws Exception {
    onModulePath(Jdks.THIS);
  }

  @Test
  void runsOnTheClassPathOfJdk25() throws Exception {
    onClassPath(jdk25());
  }

  @Test
  void runsOnTheModulePathOfJdk25() throws Exception {
    onModulePath(jdk25());
  }

  private void onClassPath(Path jdk) throws Exception {
    run(jdk, "-cp", Program.joined(Program.classPath()), MAIN);
  }

  private void onModulePath(Path jdk) throws Exception {
    List<Path> modules = new ArrayList<>(Program.library());
    modules.add(compiledModule());
    run(jdk, "-p", Program.joined(modules), "-m", "consumer/" + MAIN);
  }

  private void run(Path jdk, String... how) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(how));
    arguments.addAll(arguments());

    assertRan(Program.run(jdk, arguments));
  }

  /** {@link Film} again, with a module-info beside it. */
  private Path compiledModule() throws IOException {
    Path classes = folder.resolve("module");
    List<String> arguments =
        List.of(
            "--release",
            "17",
            "-d",
            classes.toString(),
            "-p",
            Program.joined(Program.library()),
            "src/modular/module-info.java",
            "src/main/java/consumer/Film.java");
    int exit =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(String[]::new));
    assertThat(exit).isZero();
    return classes;
  }

  private static Path jdk25() throws IOException {
    Optional<Path> jdk = Jdks.ofVersion(25);
    if (System.getenv("CI") != null)
      assertThat(jdk).as("JDK 25, also in JAVA_HOME_25_X64").isPresent();
    assumeTrue(jdk.isPresent(), "no JDK 25 here: install one, or name it in JAVA_HOME_25_X64");
    return jdk.get();
  }
}
