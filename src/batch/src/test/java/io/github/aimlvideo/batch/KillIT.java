package io.github.aimlvideo.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.batch.fixture.BatchFolder;
import io.github.aimlvideo.batch.fixture.BatchProcess;
import io.github.aimlvideo.batch.fixture.BatchProcess.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGKILL at any instant loses no video that was paid for and buys none twice. */
class KillIT {
  private static final boolean THOROUGH = Boolean.getBoolean("thorough");
  private static final int ROWS = THOROUGH ? 100 : 30;
  private static final int KILLS = THOROUGH ? 200 : 20;

  @TempDir private static Path shared;
  private static ClassArchive archive;

  private final FakeApi api = new FakeApi();
  private final Random random = new Random(7);
  @TempDir private Path temporary;
  private Path folder;

  @BeforeAll
  static void makeArchive() throws Exception {
    archive = new ClassArchive(shared);
    Path folder = shared.resolve("out");
    try (FakeApi api = new FakeApi()) {
      Process process =
          BatchProcess.start(archive.training(), folder, api.url(), 1, 1, Point.NOWHERE, 0);
      assertThat(BatchProcess.await(process))
          .as(Files.readString(BatchProcess.output(folder)))
          .isZero();
    }
  }

  @BeforeEach
  void setFolder() {
    folder = temporary.resolve("out");
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void killsAtRandomInstantsLoseNothingAndBuyNothingTwice() throws Exception {
    double longest = 300;
    int hits = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      if (killAfter((long) (random.nextDouble() * longest))) hits++;
      boolean fast = api.accepted.size() * KILLS > kill * ROWS * 3 / 4; // rows must be left
      longest = fast ? longest * 0.7 : Math.min(longest * 1.3, 2000);
    }
    assertThat(hits).as("kills of a running batch").isGreaterThan(KILLS * 8 / 10);

    assertEndsWithOneCreateForEachRow(ROWS);
  }

  @ParameterizedTest
  @EnumSource(names = "NOWHERE", mode = EnumSource.Mode.EXCLUDE)
  void killsAtEachPointLoseNothingAndBuyNothingTwice(Point point) throws Exception {
    int rows = 6;
    for (int passes = 0; passes < (THOROUGH ? 3 : 1); passes++) {
      int code = BatchProcess.await(start(rows, point, passes));
      assertThat(code).as(output()).isEqualTo(137);
    }

    assertEndsWithOneCreateForEachRow(rows);
  }

  @Test
  void folderOfARunningBatchIsInUse() throws Exception {
    api.polls = Integer.MAX_VALUE;
    Process run = start(1, Point.NOWHERE, 0);
    while (api.accepted.isEmpty() && !run.waitFor(5, TimeUnit.MILLISECONDS)) {}

    try (BatchFolder other = new BatchFolder(folder, api.url())) {
      BatchException failure =
          catchThrowableOfType(BatchException.class, () -> other.builder().build());
      assertThat(failure.reason()).isEqualTo(BatchException.Reason.IN_USE);
      assertThat(failure).hasMessageContaining("another batch is running in " + folder);

      api.polls = 2;
      assertThat(BatchProcess.await(run)).as(output()).isZero();
      other.builder().build().close();
    } finally {
      run.destroyForcibly();
    }
  }

  /** The journal of SQLite has content only within a commit. */
  @Test
  void killsWithinCommitsLoseNothingAndBuyNothingTwice() throws Exception {
    Path journal = folder.resolve("batch.db-journal");
    int rows = 20;
    int hot = 0;
    for (int kill = 0; kill < (THOROUGH ? 40 : 4) || hot == 0 && kill < 40; kill++) {
      Process run = start(rows, Point.NOWHERE, 0);
      long commits = 1 + random.nextInt(20);
      while (!output().contains("added") && !run.waitFor(2, TimeUnit.MILLISECONDS)) {}
      while (commits > 0 && run.isAlive()) {
        if (journal.toFile().length() > 0) commits--;
      }
      run.destroyForcibly().waitFor();
      if (journal.toFile().length() > 0) hot++;
    }
    assertThat(hot).as("kills within a commit").isPositive();

    assertEndsWithOneCreateForEachRow(rows);
  }

  private void assertEndsWithOneCreateForEachRow(int rows) throws Exception {
    assertThat(BatchProcess.await(start(rows, Point.NOWHERE, 0))).as(output()).isZero();
    assertThat(api.accepted).hasSize(rows);
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".mp4"))).hasSize(rows);
    }
  }

  /** Kills the batch so long after its start; false if it had ended before. */
  private boolean killAfter(long millis) throws Exception {
    Process run = start(ROWS, Point.NOWHERE, 0);
    while (!output().contains("added") && !run.waitFor(2, TimeUnit.MILLISECONDS)) {}
    boolean ended = run.waitFor(millis, TimeUnit.MILLISECONDS);
    run.destroyForcibly().waitFor();
    return !ended;
  }

  private Process start(int rows, Point point, int passes) throws IOException {
    return BatchProcess.start(archive.options(), folder, api.url(), rows, 3, point, passes);
  }

  private String output() throws IOException {
    return Files.readString(BatchProcess.output(folder));
  }
}
