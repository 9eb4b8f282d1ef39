package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kotlin compiler knows which values of the library may be null. */
class KotlinIT {
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final Pattern ERROR = Pattern.compile("(?m)^\\S+\\.kt:(\\d+):\\d+: error: ");

  @TempDir Path output;

  @Test
  void acceptsWhatChecksForNull() throws IOException {
    Compilation correct = compile(RESOURCES.resolve("NullSafe.kt"));

    assertThat(correct.log()).isEmpty();
    assertThat(correct.exit()).isEqualTo(ExitCode.OK);
  }

  @Test
  void refusesExactlyTheLinesThatForgetANull() throws IOException {
    Path source = RESOURCES.resolve("NullMisuse.kt");
    List<String> lines = Files.readAllLines(source);

    Compilation refused = compile(source);

    assertThat(refused.exit()).isEqualTo(ExitCode.COMPILATION_ERROR);
    assertThat(refused.errorLines())
        .hasSize(4)
        .isEqualTo(
            IntStream.rangeClosed(1, lines.size())
                .filter(line -> lines.get(line - 1).endsWith("// refused"))
                .boxed()
                .toList());
  }

  private record Compilation(ExitCode exit, String log) {
    List<Integer> errorLines() {
      return ERROR
          .matcher(log)
          .results()
          .map(error -> Integer.valueOf(error.group(1)))
          .distinct()
          .toList();
    }
  }

  private Compilation compile(Path source) throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    List<String> arguments = new ArrayList<>(List.of("-no-stdlib", "-no-reflect", "-Werror"));
    arguments.addAll(List.of("-cp", Jars.joined(Jars.ofClient()), "-d", output.toString()));
    arguments.add(source.toString());
    ExitCode exit =
        new K2JVMCompiler()
            .exec(
                new PrintStream(log, true, StandardCharsets.UTF_8),
                arguments.toArray(String[]::new));
    return new Compilation(exit, log.toString(StandardCharsets.UTF_8));
  }
}
