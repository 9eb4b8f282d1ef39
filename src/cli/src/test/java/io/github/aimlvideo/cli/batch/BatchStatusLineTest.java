package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.cli.batch.BatchStatusLine.Counts;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchStatusLineTest {
  private long nanos;
  private final BatchStatusLine line = new BatchStatusLine(10, () -> nanos);

  @Test
  void timeAndStatesAreShownFromTheStart() {
    pass(3);
    line.update(new Counts(0, 0, 0, Map.of("waiting", 10)));

    assertThat(shown()).isEqualTo("[....................]  0/10  0:03  10 waiting");
  }

  @Test
  void statusesAreThoseOfTheServer() {
    line.start("1");
    line.start("2");
    line.start("3");
    line.update("2", "queued");
    line.update("3", "queued");
    line.update("3", "");
    line.update("4", "unknown id");

    assertThat(shown()).endsWith("0:00  2 queued, 1 running");

    line.end("2");
    line.update("1", "generating");
    assertThat(shown()).endsWith("0:00  1 generating, 1 queued");
  }

  @Test
  void timeLeftCountsTheRowsOfThisRun() {
    line.update(new Counts(6, 4, 1, Map.of("waiting", 0, "downloading", 4)));
    pass(60);

    assertThat(shown())
        .isEqualTo("[############........]  6/10  1:00  4 downloading, 1 failed  about 2:00 left");
  }

  private void pass(int seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }

  /** Without the marks of colours. */
  private String shown() {
    return line.get().replaceAll("[\ufdd0\ufdd1]", "");
  }
}
