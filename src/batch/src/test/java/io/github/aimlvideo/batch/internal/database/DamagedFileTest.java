package io.github.aimlvideo.batch.internal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchFixture;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.FakeApi;
import io.github.aimlvideo.batch.RowProblem;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.batch.fixture.BatchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged database is refused and kept as it is, or the damage changes nothing. */
class DamagedFileTest {
  private static final boolean THOROUGH = Boolean.getBoolean("thorough");
  private static final int PAGE = 4096;

  private static final FakeApi api = new FakeApi();
  @TempDir private static Path original;
  private static byte[] whole;
  private static List<BatchRow> rows;
  private static BatchSummary summary;
  private static int bought;

  private final Random random = new Random(18);
  @TempDir private Path path;
  private BatchFolder folder;
  private int refused;
  private int opened;

  @BeforeAll
  static void buyAllRows() throws Exception {
    Duration timeout = Duration.ofSeconds(2); // of rows that hang
    try (BatchFolder folder = new BatchFolder(original, api.url());
        VideoBatch batch =
            folder.builder().pollPolicy(BatchFixture.POLLS.withTimeout(timeout)).build()) {
      batch.addAll(BatchFolder.rows("runs", 4));
      batch.addAll(BatchFolder.rows("fails", 2));
      batch.addAll(BatchFolder.rows("hangs", 2));
      batch.addAll(BatchFolder.rows("vanished", 2));
      batch.run();
      rows = batch.rows();
      summary = batch.summary();
    }
    bought = api.creates.get();
    whole = Files.readAllBytes(original.resolve("batch.db"));
    assertThat(bought).isEqualTo(10);
    assertThat(summary.count(RowState.SAVED)).isEqualTo(4);
  }

  @BeforeEach
  void copy() throws IOException {
    folder = new BatchFolder(path, api.url());
    try (var files = Files.list(original)) {
      for (Path file : files.toList()) Files.copy(file, path.resolve(file.getFileName()));
    }
  }

  @AfterEach
  void close() {
    folder.close();
  }

  @AfterAll
  static void closeApi() {
    api.close();
  }

  private VideoBatch open() {
    return folder.builder().pollPolicy(BatchFolder.SHORT).build();
  }

  @Test
  void undamagedFileCreatesNothing() throws Exception {
    try (VideoBatch batch = open()) {
      assertThat(batch.rows()).isEqualTo(rows);
      assertThat(batch.run().rows()).isEqualTo(summary.rows());
    }
    assertThat(api.creates).hasValue(bought);
  }

  @Test
  void changedByteCreatesNothing() throws Exception {
    int step = THOROUGH ? 61 : 601;
    for (int i = 0; i < whole.length; i += step) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << random.nextInt(8));
      assertNothingChanges(flipped, "a bit of byte " + i);
      if (i % 2 == 0 || whole[i] == 0) continue;
      byte[] zeroed = whole.clone();
      zeroed[i] = 0;
      assertNothingChanges(zeroed, "byte " + i + " is 0");
    }
    assertThat(refused).isGreaterThan(opened / 10);
  }

  @Test
  void changedByteOfTheHeaderCreatesNothing() throws Exception {
    for (int i = 0; i < 100; i++) {
      for (int bit = 0; bit < 8; bit += THOROUGH ? 1 : 7) {
        byte[] flipped = whole.clone();
        flipped[i] ^= (byte) (1 << bit);
        assertNothingChanges(flipped, "bit " + bit + " of byte " + i);
      }
    }
  }

  @Test
  void zerosCreateNothing() throws Exception {
    for (int i = 0; i < (THOROUGH ? 2000 : 100); i++) {
      int from = random.nextInt(whole.length);
      int to = Math.min(whole.length, from + 1 + random.nextInt(i % 2 == 0 ? 100 : 6000));
      byte[] zeroed = whole.clone();
      Arrays.fill(zeroed, from, to, (byte) 0);
      assertNothingChanges(zeroed, "zeros from " + from + " to " + to);
    }
  }

  @Test
  void garbageCreatesNothing() throws Exception {
    for (int i = 0; i < (THOROUGH ? 2000 : 100); i++) {
      byte[] garbage = new byte[1 + random.nextInt(600)];
      random.nextBytes(garbage);
      byte[] damaged = whole.clone();
      int from = random.nextInt(whole.length - garbage.length);
      System.arraycopy(garbage, 0, damaged, from, garbage.length);
      assertNothingChanges(damaged, garbage.length + " random bytes from " + from);
    }
  }

  /** An outcome or a cost that was changed could pass the limit of credits. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "update video_creates set outcome = 'NOT_CHARGED' where row_key = 'runs0'",
        "update video_creates set outcome = 'any' where row_key = 'runs0'",
        "update video_creates set credits_used = '1' where row_key = 'runs1'",
        "update video_creates set generation_id = 'id-0' where row_key = 'runs1'",
        "update video_creates set kind = '{}' where row_key = 'runs2'",
        "update video_creates set sent_at = 0 where row_key = 'hangs0'",
        "delete from video_creates where row_key = 'vanished0'"
      })
  void changedCreateIsRefused(String sql) throws IOException {
    BatchFolder.sql(folder.file, sql);

    assertRefused(Files.readAllBytes(folder.file), sql);
  }

  /** A whole file of an earlier time is not damaged; the videos show that it is not the last. */
  @Test
  void olderCopyDoesNotCreateRowsWithVideos() throws Exception {
    Files.delete(folder.file);
    try (VideoBatch batch = open()) {
      for (int i = 0; i < 4; i++)
        Files.move(path.resolve("runs" + i + ".mp4"), path.resolve(i + ""));
      batch.addAll(BatchFolder.rows("runs", 4));
    }
    for (int i = 0; i < 4; i++) Files.move(path.resolve(i + ""), path.resolve("runs" + i + ".mp4"));

    for (int run = 0; run < 2; run++) {
      try (VideoBatch batch = open()) {
        assertThat(batch.problems(BatchFolder.rows("runs", 1)))
            .isEqualTo(Map.of("runs0", RowProblem.FILE_EXISTS));
        assertThat(batch.run().rows()).isEqualTo(Map.of(RowState.NEW, 4L));
        assertThat(batch.rows()).allMatch(row -> row.reason().orElseThrow().contains("not from"));
      }
    }
    assertThat(api.creates).hasValue(bought);
    assertThat(path.resolve("runs0.mp4")).hasContent("video");
  }

  @Test
  void cutFileIsRefused() throws Exception {
    for (int length = whole.length - 1; length >= 0; length -= THOROUGH ? 97 : 1511) {
      assertNothingChanges(Arrays.copyOf(whole, length), "cut to " + length);
    }
    for (int length = 0; length < whole.length; length += PAGE) {
      assertRefused(Arrays.copyOf(whole, length), "cut to " + length);
    }
  }

  @Test
  void lostOrMovedPagesAreRefused() throws Exception {
    int pages = whole.length / PAGE;
    for (int page = 0; page < pages; page++) {
      byte[] zeroed = whole.clone();
      Arrays.fill(zeroed, page * PAGE, (page + 1) * PAGE, (byte) 0);
      assertRefused(zeroed, "page " + page + " is lost");
      byte[] missing = Arrays.copyOf(whole, whole.length - PAGE);
      System.arraycopy(
          whole, (page + 1) * PAGE, missing, page * PAGE, whole.length - (page + 1) * PAGE);
      assertRefused(missing, "page " + page + " is missing");
      byte[] moved = whole.clone();
      int other = (page + 1 + random.nextInt(pages - 1)) % pages;
      System.arraycopy(whole, page * PAGE, moved, other * PAGE, PAGE);
      assertNothingChanges(moved, "page " + page + " is page " + other + " too");
    }
  }

  /** A killed process leaves a journal, from which SQLite takes its transaction back. */
  @Test
  void damageOfAHotJournalLosesNothing() throws Exception {
    List<BatchRow> rows;
    try (VideoBatch batch = open()) {
      batch.addAll(BatchFolder.rows("new", 12));
      rows = batch.rows();
    }
    Map<String, byte[]> killed;
    HotJournal hot = new HotJournal(folder.file, "default");
    killed = folder.files();
    hot.close();
    byte[] journal = killed.get("batch.db-journal");
    assertThat(killed.get("batch.db")).isNotEqualTo(Files.readAllBytes(folder.file));
    assertRolledBack(killed, rows);
    for (int i = 0; i < 28; i++) { // its header, with the size of the file
      byte[] zeroed = journal.clone();
      zeroed[i] = 0;
      assertNoIdIsLost(rows, killed, zeroed, "byte " + i + " is 0");
    }
    for (int i = 0; i < journal.length; i += i < 100 ? 1 : THOROUGH ? 61 : 1511) {
      byte[] flipped = journal.clone();
      flipped[i] ^= (byte) (1 << random.nextInt(8));
      assertNoIdIsLost(rows, killed, flipped, "a bit of byte " + i);
    }
    for (int i = 0; i < (THOROUGH ? 500 : 25); i++) {
      int from = random.nextInt(journal.length);
      int to = Math.min(journal.length, from + 1 + random.nextInt(6000));
      byte[] zeroed = journal.clone();
      Arrays.fill(zeroed, from, to, (byte) 0);
      assertNoIdIsLost(rows, killed, zeroed, "zeros from " + from + " to " + to);
    }
    for (int length = 0; length < journal.length; length += THOROUGH ? 503 : 5003) {
      assertNoIdIsLost(rows, killed, Arrays.copyOf(journal, length), "cut to " + length);
    }
    assertThat(api.creates).hasValue(bought);
  }

  private void assertRolledBack(Map<String, byte[]> killed, List<BatchRow> rows)
      throws IOException {
    write(killed);
    try (VideoBatch batch = open()) {
      assertThat(batch.rows()).isEqualTo(rows);
    }
  }

  /** A row is as it was, or as the killed process was about to write it. */
  private void assertNoIdIsLost(
      List<BatchRow> rows, Map<String, byte[]> killed, byte[] journal, String description)
      throws IOException {
    Map<String, byte[]> files = new HashMap<>(killed);
    files.put("batch.db-journal", journal);
    write(files);
    BatchException failure = null;
    try (VideoBatch batch = open()) {
      opened++;
      assertThat(ids(batch.rows())).as(description).isEqualTo(ids(rows));
      assertThat(batch.summary().creditsUsed()).as(description).isEqualTo(summary.creditsUsed());
    } catch (BatchException e) {
      failure = e;
    }
    if (failure == null) return;
    refused++;
    assertThat(failure.reason()).as(description).isEqualTo(BatchException.Reason.UNUSABLE);
    assertThat(failure).as(description).message().hasLineCount(1);
    assertSame(folder.files(), files, description);
  }

  private static Set<String> ids(List<BatchRow> rows) {
    return rows.stream()
        .map(row -> row.name() + row.generationId() + row.creditsUsed() + row.location())
        .collect(Collectors.toSet());
  }

  private void write(Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(path.resolve(file.getKey()), file.getValue());
    }
  }

  private static void assertSame(
      Map<String, byte[]> files, Map<String, byte[]> expected, String description) {
    assertThat(files.keySet()).as(description).isEqualTo(expected.keySet());
    expected.forEach(
        (name, bytes) ->
            assertThat(Arrays.equals(files.get(name), bytes)).as(description + name).isTrue());
  }

  /** The file is refused, or all its records are there; some batches are run too. */
  private void assertNothingChanges(byte[] damaged, String description) throws Exception {
    if (Arrays.equals(damaged, whole)) return;
    Files.write(folder.file, damaged);
    BatchException failure = null;
    try (VideoBatch batch = open()) {
      opened++;
      assertThat(batch.rows()).as(description).isEqualTo(rows);
      assertThat(batch.summary()).as(description).isEqualTo(summary);
      if (opened % (THOROUGH ? 200 : 50) == 1) batch.run();
    } catch (BatchException e) {
      failure = e;
    }
    assertThat(api.creates).as(description).hasValue(bought);
    if (failure != null) assertRefusal(failure, damaged, description);
  }

  private void assertRefused(byte[] damaged, String description) throws IOException {
    Files.write(folder.file, damaged);
    BatchException failure = catchThrowableOfType(BatchException.class, () -> open().close());
    assertThat(failure).as(description).isNotNull();
    assertRefusal(failure, damaged, description);
  }

  private void assertRefusal(BatchException failure, byte[] damaged, String description)
      throws IOException {
    refused++;
    assertThat(failure).as(description).message().hasLineCount(1).contains(folder.file.toString());
    assertThat(failure.reason())
        .as(description + failure.getMessage())
        .isEqualTo(BatchException.Reason.UNUSABLE);
    assertThat(Arrays.equals(Files.readAllBytes(folder.file), damaged)).as(description).isTrue();
  }
}
