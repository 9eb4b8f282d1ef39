package io.github.aimlvideo.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  @ParameterizedTest
  @CsvSource({
    "0, 100, [..........]  0/100",
    "57, 100, [#####.....]  57/100",
    "99, 100, [#########.]  99/100",
    "100, 100, [##########]  100/100",
    "2000000000, 2000000000, [##########]  2000000000/2000000000",
    "0, 0, [..........]  0/0",
  })
  void barShowsTheShareThatIsDone(int done, int total, String bar) {
    assertThat(Progress.bar(done, total, 10)).isEqualTo(bar);
  }

  @ParameterizedTest
  @CsvSource({
    "mona-lisa, 9, mona-lisa",
    "mona-lisa, 4, mona",
    "日本語, 4, 日本",
    "日本語, 5, 日本",
    "😀😀😀, 4, 😀😀",
    "👨‍👩‍👧, 4, 👨👩",
    "e\u0301te\u0301, 2, e\u0301t",
    "❤\uFE0Fx, 2, ❤x",
    "a\u202Eb\u2028c, 14, a\\u202eb\\u2028",
  })
  void lineIsCutByColumns(String text, int columns, String fitting) {
    assertThat(LiveProgress.fit(text, columns, true)).isEqualTo(fitting);
  }

  @Test
  void controlCharactersAreVisible() {
    assertThat(LiveProgress.fit("\033[2J\r\n\t\u009b5m\u007f", 80, true))
        .isEqualTo("\\u001b[2J\\r\\n\\t\\u009b5m\\u007f");
    assertThat(LiveProgress.fit("a\uD83D", 80, true)).isEqualTo("a\\ud83d");
  }

  @Test
  void colourEndsWhereTheLineIsCut() {
    String line = "fox  " + Progress.highlight("queued") + "  0:01";

    assertThat(LiveProgress.fit(line, 80, true)).isEqualTo("fox  \033[36mqueued\033[0m  0:01");
    assertThat(LiveProgress.fit(line, 7, true)).isEqualTo("fox  \033[36mqu\033[0m");
    assertThat(LiveProgress.fit(line, 80, false)).isEqualTo("fox  queued  0:01");
  }

  @Test
  void statusCannotChangeTheColour() {
    String line = Progress.highlight("a\uFDD1\033[7mb\uFDD0\nc");

    assertThat(LiveProgress.fit(line, 80, true))
        .isEqualTo("\033[36ma\\ufdd1\\u001b[7mb\\ufdd0\\nc\033[0m");
  }

  @Test
  void plainProgressPrintsLinesOnly() {
    StringWriter written = new StringWriter();
    PlainProgress plain = new PlainProgress(new PrintWriter(written));

    plain.show(() -> "never shown");
    plain.print("one\033\n\ttwo", "three");
    plain.close();
    plain.print("four");

    assertThat(written).hasToString("one\\u001b\\n\\ttwo\nthree\nfour\n");
    assertThat(plain.isLive()).isFalse();
  }

  @Test
  void quietHasNoProgressLine() {
    assertThat(Progress.to(new PrintWriter(System.err), true).isLive()).isFalse();
  }
}
