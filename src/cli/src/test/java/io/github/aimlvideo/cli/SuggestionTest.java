package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  private static final List<String> NAMES =
      List.of("generate", "wait", "status", "--prompt", "--json", "-p", "kling/v1/standard");

  @ParameterizedTest
  @CsvSource({
    "genrate, generate",
    "egnerate, generate",
    "GENERATE, generate",
    "gen, generate",
    "wiat, wait",
    "wai, wait",
    "waits, wait",
    "--promt, --prompt",
    "--jsno, --json",
    "kling/v1/standart, kling/v1/standard",
  })
  void typingErrorIsFound(String typed, String meant) {
    assertThat(Suggestion.of(typed, NAMES)).isEqualTo("; did you mean " + meant + "?");
  }

  @ParameterizedTest
  @CsvSource({"videos", "ge", "-x", "''", "--output", "delete", "veo3/text-to-video"})
  void otherNameIsNot(String typed) {
    assertThat(Suggestion.of(typed, NAMES)).isEmpty();
  }

  @Test
  void longTextTakesNoTime() {
    assertThat(Suggestion.of("x".repeat(6_000_000), NAMES)).isEmpty();
  }
}
