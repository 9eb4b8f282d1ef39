package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.cli.fixture.ForkedJvm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The completion script in a real bash. */
class CompletionTest {
  /** Does what bash does on TAB: finds the function by the base name and calls it. */
  private static final String TAB =
      """
      source "$1"
      shift
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
      read -r -a how <<<"$(complete -p "${1##*/}")"
      for ((i = 0; i < ${#how[@]}; i++)); do [ "${how[i]}" != -F ] || completes=${how[i + 1]}; done
      compopt() { [ "$1" = -o ] || echo "$@"; }
      "$completes" "$1" "${@: -1}" "${@: -2:1}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir private Path folder;

  @Test
  void programPrintsTheWholeScript() throws IOException {
    try (ForkedJvm run = ForkedJvm.start(folder, null, List.of(), Main.class, "completion")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).startsWith("#!/usr/bin/env bash\n").contains("\ncomplete -F ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aiml-video", "scripts/aiml-video", "/opt/aiml video/scripts/aiml-video"})
  void commandsAreCompletedForAnyPathOfTheLauncher(String name) throws Exception {
    assertThat(completed(name, "gen")).containsExactly("generate");
    assertThat(completed(name, "")).contains("generate", "wait", "status", "completion", "help");
  }

  @ParameterizedTest
  @CsvSource({
    "generate --camera-c, --camera-config",
    "generate a.png --no, --no-wait",
    "generate a.png --camera dow, down_back",
    "wait --inter, --interval",
    "status --verb, --verbose",
    "batch m.csv --replace, --replace-changed",
    "worker --until, --until-done",
    "progress --j, --json",
    "generate a.png --dry, --dry-run",
    "models --cap, --capability",
    "studio fox.png --po, --port",
    "list --status succ, succeeded",
  })
  void optionsAndTheirValuesAreCompleted(String line, String completed) throws Exception {
    String[] words = line.split(" ");

    assertThat(completed("aiml-video", words)).containsExactly(completed);
  }

  /** Without candidates bash completes file names, unless compopt switches that off. */
  @ParameterizedTest
  @ValueSource(strings = {"generate fo", "generate --request fo", "generate a.png --tail-image fo"})
  void fileArgumentsHaveNoCandidates(String line) throws Exception {
    assertThat(completed("aiml-video", line.split(" "))).containsExactly("");
  }

  @Test
  void scriptPrintsNothing() throws Exception {
    assertThat(bash("source \"$1\"", script())).isEmpty();
  }

  private List<String> completed(String name, String... words) throws Exception {
    String[] args = new String[words.length + 2];
    args[0] = script();
    args[1] = name;
    System.arraycopy(words, 0, args, 2, words.length);
    return bash(TAB, args).lines().map(String::strip).toList();
  }

  private String script() throws IOException {
    StringWriter out = new StringWriter();
    CommandLine line = RootCommand.create(new PrintWriter(out), new PrintWriter(out));
    assertThat(line.execute("completion")).isZero();
    return Files.writeString(folder.resolve("completion"), out.toString()).toString();
  }

  private static String bash(String program, String... args) throws Exception {
    String[] command = new String[args.length + 4];
    System.arraycopy(new String[] {"bash", "-c", program, "bash"}, 0, command, 0, 4);
    System.arraycopy(args, 0, command, 4, args.length);
    Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return output;
  }
}
