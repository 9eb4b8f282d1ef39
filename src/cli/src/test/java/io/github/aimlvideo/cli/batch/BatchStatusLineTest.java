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
    line.update(new Counts(0, 0, 0, 0, Map.of("waiting", 10)));

    assertThat(shown()).isEqualTo("[....................]  0/10  0:03  10 waiting");
  }

  @Test
  void statusesAreThoseOfTheServer() {
    line.update("fox", "running");
    line.update("owl", "queued");
    line.update("cat", "queued");
    line.update("cat", "");

    assertThat(shown()).endsWith("0:00  2 queued, 1 running");

    line.end("owl");
    line.update("fox", "generating");
    assertThat(shown()).endsWith("0:00  1 generating, 1 queued");

    line.update("fox", "completed");
    assertThat(shown()).endsWith("0:00  1 queued");
  }

  @Test
  void generationsOfOtherWorkersAreRunning() {
    line.update("fox", "queued");
    line.update(new Counts(0, 0, 0, 3, Map.of()));

    assertThat(shown()).endsWith("0:00  1 queued, 2 running");
  }

  @Test
  void timeLeftCountsTheRowsOfThisRun() {
    line.update(new Counts(6, 4, 1, 0, Map.of("waiting", 0, "downloading", 4)));
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
