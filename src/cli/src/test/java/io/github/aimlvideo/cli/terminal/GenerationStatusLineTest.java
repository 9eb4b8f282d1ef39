package io.github.aimlvideo.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GenerationStatusLineTest {
  private Duration now = Duration.ofDays(1);

  @Test
  void ageIsShownBesideTheExpectedDuration() {
    GenerationStatusLine line = line("mona-lisa.mp4", "creating");

    pass(2);
    assertLine(line, "mona-lisa.mp4  creating  0:02");
    line.startClock();
    line.update("queued", false);
    assertLine(line, "mona-lisa.mp4  queued  0:00");
    pass(70);
    line.update("generating", false);
    line.schedulePoll(Duration.ofMillis(24_500), Duration.ofSeconds(249));
    pass(13);
    assertLine(line, "mona-lisa.mp4  generating  1:23 of about 4:09, next poll in 12 s");
    pass(12);
    assertLine(line, "mona-lisa.mp4  generating  1:35 of about 4:09, polling");
  }

  @Test
  void lateGenerationShowsTheExpectedDuration() {
    GenerationStatusLine line = line("abc.mp4", "generating");
    line.startClock();

    pass(3600);
    line.schedulePoll(Duration.ofSeconds(5), Duration.ofSeconds(249));

    assertLine(line, "abc.mp4  generating  1:00:00, about 4:09 expected, next poll in 5 s");
    line.update("completed", true);
    assertLine(line, "abc.mp4  completed  1:00:00, about 4:09 expected, downloading");
  }

  @Test
  void unknownAgeIsNotCompared() {
    GenerationStatusLine line = line("abc.mp4", "resuming");

    line.update("", false);
    pass(1);
    line.schedulePoll(Duration.ofSeconds(15), Duration.ofSeconds(249));

    assertLine(line, "abc.mp4  resuming  waited 0:01, next poll in 15 s");
  }

  @Test
  void longNameIsShortened() {
    assertLine(line("😀".repeat(24), "queued"), "😀".repeat(24) + "  queued  0:00");
    assertLine(line("😀".repeat(25), "queued"), "😀".repeat(21) + "...  queued  0:00");
  }

  private GenerationStatusLine line(String name, String status) {
    return new GenerationStatusLine(name, status, () -> now.toNanos());
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private static void assertLine(GenerationStatusLine line, String text) {
    assertThat(LiveProgress.fit(line.text(), 200, false)).isEqualTo(text);
  }
}
