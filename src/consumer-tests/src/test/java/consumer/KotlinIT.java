package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kotlin compiler knows which values of the library may be null. */
class KotlinIT {
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final Pattern ERROR = Pattern.compile("(?m)^\\S+\\.kt:(\\d+):\\d+: error: ");

  /** Newer than the one that the client brings. */
  private static final Path LIBRARY = Path.of("target/kotlin/kotlin-stdlib.jar").toAbsolutePath();

  private static Class<?> compiler;

  @TempDir Path output;

  @BeforeAll
  static void loadCompiler() throws Exception {
    List<URL> urls = new ArrayList<>(List.of(LIBRARY.toUri().toURL()));
    for (String name :
        List.of("kotlin-compiler-embeddable", "kotlinx-coroutines-core-jvm", "annotations")) {
      urls.add(Jars.named(name).toUri().toURL());
    }
    ClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), null);
    compiler = loader.loadClass("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler");
  }

  @Test
  void acceptsWhatChecksForNull() throws Exception {
    Compilation correct = compile(RESOURCES.resolve("NullSafe.kt"));

    assertThat(correct.log()).isEmpty();
    assertThat(correct.exit()).isEqualTo("OK");
  }

  @Test
  void refusesExactlyTheLinesThatForgetANull() throws Exception {
    Path source = RESOURCES.resolve("NullMisuse.kt");
    List<String> lines = Files.readAllLines(source);

    Compilation refused = compile(source);

    assertThat(refused.exit()).isEqualTo("COMPILATION_ERROR");
    assertThat(refused.errorLines())
        .hasSize(4)
        .isEqualTo(
            IntStream.rangeClosed(1, lines.size())
                .filter(line -> lines.get(line - 1).endsWith("// refused"))
                .boxed()
                .toList());
  }

  private record Compilation(String exit, String log) {
    List<Integer> errorLines() {
      return ERROR
          .matcher(log)
          .results()
          .map(error -> Integer.valueOf(error.group(1)))
          .distinct()
          .toList();
    }
  }

  /** The compiler and the program use the compiler's own library, as Kotlin programs do. */
  private Compilation compile(Path source) throws Exception {
    List<Path> classPath = new ArrayList<>(Jars.ofClient());
    classPath.removeIf(jar -> Jars.name(jar).equals("kotlin-stdlib"));
    classPath.add(LIBRARY);
    String[] arguments = {
      "-no-stdlib",
      "-no-reflect",
      "-Werror",
      "-cp",
      Jars.joined(classPath),
      "-d",
      output.toString(),
      source.toString()
    };
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    Object exit =
        compiler
            .getMethod("exec", PrintStream.class, String[].class)
            .invoke(
                compiler.getConstructor().newInstance(),
                new PrintStream(log, true, StandardCharsets.UTF_8),
                arguments);
    return new Compilation(exit.toString(), log.toString(StandardCharsets.UTF_8));
  }
}
