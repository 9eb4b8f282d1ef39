package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GenerationStatusLineTest {
  private Duration now = Duration.ofDays(1);

  @Test
  void ageIsHeldAgainstWhatIsExpected() {
    GenerationStatusLine standing = standing("mona-lisa.mp4", "creating");

    pass(2);
    assertLine(standing, "mona-lisa.mp4  creating  0:02");
    standing.created();
    standing.saw("queued", false);
    assertLine(standing, "mona-lisa.mp4  queued  0:00");
    pass(70);
    standing.saw("generating", false);
    standing.waits(Duration.ofMillis(24_500), Duration.ofSeconds(249));
    pass(13);
    assertLine(standing, "mona-lisa.mp4  generating  1:23 of about 4:09, next look in 12 s");
    pass(12);
    assertLine(standing, "mona-lisa.mp4  generating  1:35 of about 4:09, looking");
  }

  @Test
  void whatTakesLongerSaysSo() {
    GenerationStatusLine standing = standing("abc.mp4", "generating");
    standing.created();

    pass(3600);
    standing.waits(Duration.ofSeconds(5), Duration.ofSeconds(249));

    assertLine(standing, "abc.mp4  generating  1:00:00, about 4:09 expected, next look in 5 s");
    standing.saw("completed", true);
    assertLine(standing, "abc.mp4  completed  1:00:00, about 4:09 expected, saving");
  }

  @Test
  void unknownAgeIsNotHeldAgainstAnything() {
    GenerationStatusLine standing = standing("abc.mp4", "looking");

    standing.saw("", false);
    pass(1);
    standing.waits(Duration.ofSeconds(15), Duration.ofSeconds(249));

    assertLine(standing, "abc.mp4  looking  waited 0:01, next look in 15 s");
  }

  @Test
  void longNameLeavesSpace() {
    assertLine(standing("😀".repeat(24), "queued"), "😀".repeat(24) + "  queued  0:00");
    assertLine(standing("😀".repeat(25), "queued"), "😀".repeat(21) + "...  queued  0:00");
  }

  private GenerationStatusLine standing(String name, String status) {
    return new GenerationStatusLine(name, status, () -> now.toNanos());
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private static void assertLine(GenerationStatusLine standing, String line) {
    assertThat(LiveProgress.fit(standing.line(), 200, false)).isEqualTo(line);
  }
}
