package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.cli.terminal.TerminalText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeHintTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b.mp4",
        "my video's.mp4",
        "$HOME.mp4",
        "f\u00fcchse\u001b[31m'\\n\n.mp4",
        "\u009b5m",
        "a\u202e\u2066'\u200b\udb40\udc41\u2028.mp4",
        "@video.mp4",
        "=ls",
        "~.mp4",
        "`id`$(id)!x\".mp4",
      })
  void shellParsesItAsMeant(String output) throws Exception {
    String command = ResumeHint.of("abc", List.of("-o", output), null);

    assertThat(command).isEqualTo(TerminalText.whole(command));
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", command.replace("aiml-video wait", "printf '%s|'"));
    shell.environment().put("LC_ALL", "C.UTF-8");
    byte[] words = shell.start().getInputStream().readAllBytes();
    assertThat(new String(words, StandardCharsets.UTF_8)).isEqualTo("abc|-o|" + output + "|");
  }
}
