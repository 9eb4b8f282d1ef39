package io.github.aimlvideo.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 7, 8, 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x9F, 0xAD, 0x61C, 0x180E, 0x200B, 0x200C, 0x200D,
        0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060, 0x2066,
        0x2067, 0x2068, 0x2069, 0xD800, 0xDFFF, 0xFDD0, 0xFDD1, 0xFEFF, 0xFFF9, 0xFFFF, 0x1BCA0,
        0xE0001, 0xE0041, 0x10FFFF
      })
  void whatIsNotDrawnIsVisible(int c) {
    String raw = "a" + Character.toString(c) + "b";

    String shown = TerminalText.line(raw);

    assertThat(shown).matches("a(\\\\u[0-9a-f]{4}){1,2}b");
    assertThat(JsonParser.parseString('"' + shown + '"').getAsString()).isEqualTo(raw);
  }

  @Test
  void linesBecomeOne() {
    assertThat(TerminalText.line("a\nb\r\nc\td")).isEqualTo("a\\nb\\r\\nc\\td");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Grüße", "日本語", "العربية", "👍🏽", "e\u0301", "a  b", "\\u001b"})
  void otherTextStays(String text) {
    assertThat(TerminalText.line(text)).isEqualTo(text);
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertThat(TerminalText.line("x".repeat(500))).isEqualTo("x".repeat(500));
    assertThat(TerminalText.line("x".repeat(6_000_000))).isEqualTo("x".repeat(500) + "...");
    assertThat(TerminalText.line("x" + "😀".repeat(300))).isEqualTo("x" + "😀".repeat(249) + "...");
    assertThat(TerminalText.line("\u202e".repeat(100))).isEqualTo("\\u202e".repeat(83) + "...");
    assertThat(TerminalText.message("x".repeat(3000))).hasSize(2003);
    assertThat(TerminalText.whole("x".repeat(3000))).hasSize(3000);
  }

  @Test
  void jsonHasTheSameContent() {
    String text = "\u0000\u001b\n\u007f\u009b\u200b\u202e\u2028\ud83d \udb40\udc41\\u0041\"";

    String json = TerminalText.whole(new JsonPrimitive(text).toString());

    assertThat(json).isPrintable();
    assertThat(JsonParser.parseString(json).getAsString()).isEqualTo(text);
  }

  @Test
  void logMessageWithoutValuesIsOneLineToo() {
    LogRecord log = new LogRecord(Level.FINE, "a\nresume with:\u202e" + "y".repeat(6_000_000));

    assertThat(new LogFormatter().format(log))
        .contains("  a\\nresume with:\\u202eyyy")
        .hasLineCount(1)
        .hasSizeLessThan(2100);
  }

  @Test
  void logShowsSecondsAndOnlyWhatARequestHas() {
    LogRecord log = new LogRecord(Level.FINE, "creating {0} in {1}");
    VideoRequest request =
        new KlingVideoV1StandardImageToVideoRequest().prompt("fox").cfgScale(null);
    log.setParameters(new Object[] {request, Duration.ofMillis(1990)});

    assertThat(new LogFormatter().format(log))
        .contains("prompt=fox", " in 2.0 s")
        .doesNotContain("null", "PT1");
  }

  @Test
  void logLineIsOneLineAndAMessageForgesNoFrame() {
    LogRecord log = new LogRecord(Level.FINE, "status {0}");
    log.setParameters(new Object[] {"a\nresume with:\033[2J"});
    RuntimeException failure = new RuntimeException("b\n\tat forged", new Error("c\nresume with:"));
    failure.setStackTrace(new StackTraceElement[] {new StackTraceElement("A", "b", "A.java", 1)});
    failure.getCause().setStackTrace(failure.getStackTrace());
    log.setThrown(failure);

    assertThat(new LogFormatter().format(log).lines())
        .hasSize(5)
        .anyMatch(line -> line.endsWith("  status a\\nresume with:\\u001b[2J"))
        .contains(
            "java.lang.RuntimeException: b\\n\\tat forged",
            "\tat A.b(A.java:1)",
            "java.lang.Error: c\\nresume with:");
  }
}
