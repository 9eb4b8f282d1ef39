package io.github.aimlvideo.batch.internal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchListener;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.FakeApi;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.batch.fixture.BatchFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up stops creates and loses no id; needs root, for a file system of its own. */
@Timeout(120)
class FullDiskIT {
  private static final int ROWS = 12;

  private final FakeApi api = new FakeApi();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  @TempDir private Path disk;
  private boolean mounted;
  private BatchFolder folder;

  @BeforeEach
  void mount() throws Exception {
    String[] mount = {"mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", disk.toString()};
    mounted = run(mount) == 0;
    assumeThat(mounted).as("a file system can be mounted; run as root").isTrue();
    folder = new BatchFolder(Files.createDirectory(disk.resolve("out")), api.url());
  }

  @AfterEach
  void unmount() throws Exception {
    if (folder != null) folder.close();
    api.close();
    if (mounted) assertThat(run("umount", disk.toString())).isZero();
  }

  private static int run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor();
    } catch (IOException e) {
      return -1; // there is no such command
    }
  }

  private VideoBatch open() {
    BatchListener listener =
        new BatchListener() {
          @Override
          public void onCreated(String name, String generationId) {
            told.add(generationId);
          }

          @Override
          public void onWarning(String message) {
            warnings.add(message);
          }
        };
    return folder.builder().listener(listener).shutdownTimeout(Duration.ofSeconds(2)).build();
  }

  /** Runs the action once, in the create of this number, before its response. */
  private void atCreate(int number, Runnable action) {
    AtomicInteger creates = new AtomicInteger();
    api.before =
        prompt -> {
          if (creates.incrementAndGet() == number) action.run();
          return null;
        };
  }

  /**
   * Fills the disk for good: space of a journal that a commit under way gives back is taken too.
   */
  private void fill() {
    try {
      for (int full = 0; full < 20; full++) {
        if (append()) full = 0;
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether a block did fit. */
  private boolean append() {
    byte[] block = new byte[4096];
    boolean written = false;
    try (OutputStream out =
        Files.newOutputStream(
            disk.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(block);
        written = true;
      }
    } catch (IOException e) {
      return written; // full
    }
  }

  private void free() throws IOException {
    Files.delete(disk.resolve("filler"));
  }

  private void assertGoesOnToTheEnd() throws Exception {
    try (VideoBatch batch = open()) {
      assertThat(batch.run().isComplete()).isTrue();
    }
    assertThat(api.accepted).as("creates").hasSize(ROWS);
    assertThat(told).contains("id-1", "id-" + ROWS);
  }

  @Test
  void readOnlyFolderIsRefused() throws Exception {
    assertThat(run("mount", "-o", "remount,ro", disk.toString())).isZero();

    BatchException failure = catchThrowableOfType(BatchException.class, this::open);

    assertThat(failure.reason()).isEqualTo(BatchException.Reason.FAILED);
    assertThat(failure).hasMessageContaining("cannot write to the folder " + folder.path);
  }

  @Test
  void databaseThatCannotBeWrittenLosesNoId() throws Exception {
    atCreate(3, this::fill); // its response comes to a full disk
    try (VideoBatch batch = open()) {
      batch.addAll(BatchFolder.rows("fox", ROWS));
      batch.start();
      await(() -> told.size() >= 3 && batch.summary().stopped().isPresent());

      assertThat(batch.summary().stopped().orElseThrow().reason())
          .isEqualTo(BatchStop.Reason.NO_SPACE);
      await(() -> warnings.stream().anyMatch(text -> text.contains("cannot record row")));
    }
    assertThat(api.accepted).as("creates stop").hasSizeLessThan(ROWS);
    assertThat(told).hasSameSizeAs(api.accepted);

    free();
    assertGoesOnToTheEnd();
  }

  @Test
  void spaceThatIsFreedIsUsedByTheSameRun() throws Exception {
    atCreate(3, this::fill);
    try (VideoBatch batch = open()) {
      batch.addAll(BatchFolder.rows("fox", ROWS));
      batch.start();
      await(() -> warnings.stream().anyMatch(text -> text.contains("cannot record row")));
      free();
      BatchSummary summary = batch.run();

      assertThat(summary.count(RowState.SAVED)).isEqualTo(api.accepted.size());
      assertThat(summary.count(RowState.CREATING)).isZero();
    }
    assertGoesOnToTheEnd();
  }

  @Test
  void videoThatDoesNotFitIsDownloadedLater() throws Exception {
    api.video = "v".repeat(2 << 20);
    atCreate(6, this::fillButForTheDatabase);
    try (VideoBatch batch = open()) {
      batch.addAll(BatchFolder.rows("fox", ROWS));
      BatchSummary summary = batch.run();

      assertThat(summary.stopped().map(BatchStop::reason))
          .isEqualTo(Optional.of(BatchStop.Reason.NO_SPACE));
      assertThat(summary.count(RowState.COMPLETED)).isPositive();
      assertThat(summary.count(RowState.NEW)).isPositive();
    }
    free();
    assertGoesOnToTheEnd();
  }

  /** As videos are larger than records, there may be space for these alone. */
  private void fillButForTheDatabase() {
    try {
      Path spare = disk.resolve("spare");
      Files.write(spare, new byte[1 << 20]);
      fill();
      Files.delete(spare);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) throw new AssertionError("does not happen");
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
