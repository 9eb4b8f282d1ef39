package io.github.aimlvideo.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.batch.BatchProcess.Point;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGKILL at any instant loses no video that was paid for and buys none twice. */
class KillIT {
  private static final boolean THOROUGH = Boolean.getBoolean("thorough");
  private static final int ROWS = THOROUGH ? 100 : 30;
  private static final int KILLS = THOROUGH ? 200 : 20;

  private final FakeApi api = new FakeApi();
  private final Random random = new Random(7);
  @TempDir private Path temporary;
  private Path folder;
  private String classPath = System.getProperty("java.class.path");

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void killsAtRandomInstantsLoseNothingAndBuyNothingTwice() throws Exception {
    folder = temporary.resolve("out");
    makeArchive();
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
    folder = temporary.resolve("out");
    int rows = 6;
    for (int passes = 0; passes < 3; passes++) {
      int code = BatchProcess.await(start(rows, point, passes));
      assertThat(code).as(output()).isEqualTo(137);
    }

    assertEndsWithOneCreateForEachRow(rows);
  }

  /** The journal of SQLite has content only within a commit. */
  @Test
  void killsWithinCommitsLoseNothingAndBuyNothingTwice() throws Exception {
    folder = temporary.resolve("out");
    Path journal = folder.resolve("batch.db-journal");
    int rows = 20;
    int hot = 0;
    for (int kill = 0; kill < (THOROUGH ? 40 : 4); kill++) {
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

  /** With an archive of classes, a start takes a third of the time. */
  private void makeArchive() throws Exception {
    StringBuilder jars = new StringBuilder(); // an archive has no classes of folders
    for (String path : classPath.split(File.pathSeparator)) {
      if (Files.isDirectory(Path.of(path))) path = jar(path);
      jars.append(path).append(File.pathSeparator);
    }
    classPath = jars.toString();
    Path other = temporary.resolve("other");
    String archive = "-XX:ArchiveClassesAtExit=" + temporary.resolve("cds");
    Process process =
        BatchProcess.start(classPath, other, api.url(), 1, 1, Point.NOWHERE, 0, archive);
    assertThat(BatchProcess.await(process))
        .as(Files.readString(BatchProcess.output(other)))
        .isZero();
    api.accepted.clear();
  }

  private String jar(String path) {
    String jar = temporary.resolve("classes" + random.nextInt() + ".jar").toString();
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    assertThat(tool.run(System.out, System.err, "cf", jar, "-C", path, ".")).isZero();
    return jar;
  }

  /** Kills the batch so long after its start; false if it had ended before. */
  private boolean killAfter(long millis) throws Exception {
    Process run =
        start(ROWS, Point.NOWHERE, 0, "-XX:SharedArchiveFile=" + temporary.resolve("cds"));
    while (!output().contains("added") && !run.waitFor(2, TimeUnit.MILLISECONDS)) {}
    boolean ended = run.waitFor(millis, TimeUnit.MILLISECONDS);
    run.destroyForcibly().waitFor();
    return !ended;
  }

  private Process start(int rows, Point point, int passes, String... options) throws IOException {
    return BatchProcess.start(classPath, folder, api.url(), rows, 3, point, passes, options);
  }

  private String output() throws IOException {
    return Files.readString(BatchProcess.output(folder));
  }
}
