package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.Forked;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is answered without picocli is what picocli answers. */
class KnownAnswerTest {
  @TempDir private Path folder;

  static Stream<String> questions() {
    Stream<String> commands = line(new StringWriter()).getSubcommands().keySet().stream();
    return Stream.concat(
        Stream.of("--version", "-V", "--help", "-h", "help", "completion"),
        commands.map(command -> command + " --help"));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void knownAnswerIsTheOneOfPicocli(String question) {
    StringWriter out = new StringWriter();

    line(out).execute(question.split(" "));

    assertThat(KnownAnswer.to(question.split(" "))).contains(out.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate",
        "generate -h",
        "help generate",
        "--help generate",
        "films --help",
        "../cli/wait --help",
        "wait abc --help",
        "--version --help",
      })
  void otherQuestionIsForPicocli(String question) {
    assertThat(KnownAnswer.to(question.split(" "))).isEmpty();
    assertThat(KnownAnswer.to(question)).isEmpty();
    assertThat(KnownAnswer.to()).isEmpty();
  }

  @Test
  void knownAnswerIsTheWholeOutput() throws IOException {
    try (Forked run = Forked.start(folder, null, List.of(), Main.class, "wait", "--help")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).isEqualTo(KnownAnswer.to("wait", "--help").orElseThrow());
      assertThat(run.err()).isEmpty();
    }
  }

  private static CommandLine line(StringWriter out) {
    return RootCommand.line(new PrintWriter(out), new PrintWriter(out));
  }
}
