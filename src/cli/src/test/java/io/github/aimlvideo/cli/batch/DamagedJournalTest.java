package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.aimlvideo.cli.batch.journal.Journal;
import io.github.aimlvideo.cli.batch.journal.JournalEntry;
import io.github.aimlvideo.cli.batch.journal.JournalLock;
import io.github.aimlvideo.cli.batch.journal.RowStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged journal is refused and kept as it is; no row is created again. */
class DamagedJournalTest {
  private static final boolean THOROUGH = Boolean.getBoolean("thorough");
  private static final String SERVER = "https://api.aimlapi.com";
  private static final String[] ROWS = {"a,runs", "b,fails", "c,hangs", "d,vanishes"};
  private static final String[] NO_SEARCH = {"--recovery-timeout", "0s", "--quiet"};

  private final FakeClient api = new FakeClient();
  @TempDir private Path folder;
  private InProcessBatch batch;
  private byte[] killed;
  private byte[] closed;
  private int tried;

  /** A journal as a process that is killed leaves it, and one that was closed. */
  private enum Kind {
    KILLED,
    CLOSED
  }

  @BeforeEach
  void buyAllRows() throws IOException {
    batch = new InProcessBatch(folder, listener -> api.client());
    batch.manifest(ROWS);
    api.onClose = () -> killed = Arrays.copyOf(journal(), used(journal()) + 50); // fewer zeros
    assertThat(batch.run(NO_SEARCH).exitCode()).isEqualTo(6);
    api.onClose = () -> {};
    closed = journal();
    assertThat(api.creates).hasSize(ROWS.length);
  }

  @ParameterizedTest
  @EnumSource
  void undamagedJournalIsRead(Kind kind) throws IOException {
    write(bytes(kind));

    assertThat(batch.run(NO_SEARCH).exitCode()).isEqualTo(6);
    assertThat(api.creates).hasSize(ROWS.length);
  }

  @ParameterizedTest
  @EnumSource
  void changedByteCreatesNothing(Kind kind) throws IOException {
    byte[] bytes = bytes(kind);
    int used = used(bytes) + 3; // and some of the reserved space
    boolean all = THOROUGH || kind == Kind.KILLED;
    for (int i = 0; i < Math.min(used, bytes.length); i += all ? 1 : 13) {
      for (int bit = THOROUGH ? 0 : i % 8; bit < 8; bit += THOROUGH ? 1 : 8) {
        byte[] flipped = bytes.clone();
        flipped[i] ^= (byte) (1 << bit);
        assertNotRead(flipped, "bit " + bit + " of byte " + i);
      }
      byte[] zeroed = bytes.clone();
      zeroed[i] = 0;
      if (bytes[i] != 0) assertNotRead(zeroed, "byte " + i + " is 0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void cutFileCreatesNothing(Kind kind) throws IOException {
    byte[] bytes = bytes(kind);
    boolean all = THOROUGH || kind == Kind.CLOSED;
    for (int length = 0; length < used(bytes); length += all ? 1 : 13) {
      assertNotRead(Arrays.copyOf(bytes, length), "cut to " + length);
    }
  }

  static Stream<Arguments> attacks() {
    return Stream.of(
        attack("an emptied file", 1, bytes -> new byte[0]),
        attack("zeros only", 1, bytes -> new byte[bytes.length]),
        attack("a zeroed sector", 1, bytes -> zeroed(bytes, 0, 512)),
        attack("one NUL byte in the middle", 5, bytes -> zeroed(bytes, at(bytes, 5) + 30, 1)),
        attack("zeros from a line to the end", 7, bytes -> zeroed(bytes, at(bytes, 7))),
        attack("zeros from within a line", 7, bytes -> zeroed(bytes, at(bytes, 7) + 30)),
        attack("cut between lines", 7, bytes -> Arrays.copyOf(bytes, at(bytes, 7))),
        attack("text at the end", 14, lines(lines -> lines.add("text"))),
        attack("a copy of the last line", 14, lines(lines -> lines.add(lines.get(12)))),
        attack("lines swapped", 5, lines(lines -> Collections.swap(lines, 4, 5))),
        attack("a line missing", 6, lines(lines -> lines.remove(5))),
        attack("the last line missing", 13, lines(lines -> lines.remove(12))),
        attack("the first entry missing", 3, lines(lines -> lines.remove(2))),
        attack("a line twice", 6, lines(lines -> lines.add(5, lines.get(4)))),
        attack("a line of spaces", 4, lines(lines -> lines.add(3, "   \n"))),
        attack("an empty line", 4, lines(lines -> lines.add(3, "\n"))),
        attack("line feeds of Windows", 1, lines(l -> l.replaceAll(x -> x.replace("\n", "\r\n")))),
        attack("no first line", 1, lines(lines -> lines.remove(0))),
        attack("the first line twice", 2, lines(lines -> lines.add(0, lines.get(0)))),
        attack("no second line", 2, lines(lines -> lines.remove(1))),
        attack("the file twice", 14, lines(lines -> lines.addAll(List.copyOf(lines)))),
        attack("the checksum in capitals", 4, lines(l -> l.set(3, upperCase(l.get(3))))),
        attack("a byte order mark", 1, lines(l -> l.set(0, "\u00EF\u00BB\u00BF" + l.get(0)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void damageIsRefusedWithItsLine(String name, int line, UnaryOperator<byte[]> damage)
      throws IOException {
    for (Kind kind : Kind.values()) {
      byte[] damaged = damage.apply(bytes(kind));

      String message = assertRefused(damaged, name);

      assertThat(message)
          .isEqualTo(
              "aiml-video: line "
                  + line
                  + " of "
                  + batch.journal
                  + " is damaged; nothing was sent: restore the file, or choose another --out,"
                  + " which creates all rows again\n");
    }
  }

  @Test
  void missingJournalBesideResultsIsRefused() throws IOException {
    Files.delete(batch.journal);

    InProcessBatch.Run run = batch.run(NO_SEARCH);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("results.jsonl");
    assertThat(batch.journal).doesNotExist();
    assertThat(api.creates).hasSize(ROWS.length);
  }

  /** A whole file of an earlier time is not damaged; the videos show that it is not the last. */
  @Test
  void olderCopyDoesNotCreateRowsWithVideos() throws IOException {
    batch.manifest("a,runs");
    Path other = Files.createDirectory(folder.resolve("other"));
    Journal.open(other, SERVER).close();
    write(Files.readAllBytes(other.resolve(Journal.NAME)));

    assertThat(batch.run(NO_SEARCH).err()).contains("row 2 (a): a.mp4 ");
    assertThat(api.creates).hasSize(ROWS.length);
  }

  @Test
  void failedRowWithAVideoIsNotCreatedAgain() throws IOException {
    Files.writeString(batch.out.resolve("b.mp4"), "video");

    assertThat(batch.run("--retry-failed").err()).contains("row 3 (b): b.mp4 ");
    assertThat(api.creates).hasSize(ROWS.length);
    assertThat(batch.out.resolve("b.mp4")).hasContent("video");
  }

  @Test
  void unknownRowWithAVideoIsNotCreatedAgain() throws IOException {
    Files.writeString(batch.out.resolve("d.mp4"), "video");

    assertThat(batch.run("--recovery-timeout", "0s", "--resubmit-unknown").exitCode()).isEqualTo(2);
    assertThat(api.creates).hasSize(ROWS.length);
  }

  /** What a power failure leaves of a line, and what a kill leaves before the line counts. */
  @ParameterizedTest
  @EnumSource
  void writeThatDidNotEndIsDropped(Kind kind) throws IOException {
    byte[] bytes = bytes(kind);
    byte[] count = Journal.count(lines(bytes).size() - 2);
    System.arraycopy(count, 0, bytes, 0, count.length);
    int used = used(bytes);
    for (int end = at(bytes, lines(bytes).size()); end <= used; end += THOROUGH ? 1 : 23) {
      write(zeroed(bytes, end));

      InProcessBatch.Run run = batch.run(NO_SEARCH);

      assertThat(run.exitCode()).as("ends at " + end + ": " + run.err()).isEqualTo(6);
      assertThat(batch.run(NO_SEARCH).exitCode()).as("again").isEqualTo(6);
    }
    assertThat(api.creates).hasSize(ROWS.length);
  }

  @Test
  void otherServerAndOtherRequestChangeNothing() throws IOException {
    write(killed);

    assertThat(batch.run("--base-url", "http://127.0.0.1:1").exitCode()).isEqualTo(2);
    batch.manifest("a,another");
    assertThat(batch.run().exitCode()).isEqualTo(2);

    assertThat(journal()).isEqualTo(killed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"}", "{}}", "\n", "\r", "\u0000", "\\u007d", "\ud800", "\"}\n{\"", "é"})
  void anyReasonIsRead(String reason) throws IOException {
    try (Journal journal = Journal.open(folder, "server")) {
      journal.append(entry(reason));
      journal.append(entry("next"));
    }

    try (Journal journal = Journal.open(folder, "server")) {
      String read = reason.equals("\ud800") ? "?" : reason;
      assertThat(journal.entries()).extracting(JournalEntry::reason).containsExactly(read, "next");
    }
  }

  @Test
  void journalThatSeveralCreateAtOnceIsWhole() {
    List<CompletableFuture<Boolean>> opened =
        IntStream.range(0, 20)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> isOpened(folder)))
            .toList();

    assertThat(opened).extracting(CompletableFuture::join).contains(true);
    assertThat(folder.toFile().list((folder, name) -> name.endsWith(".part"))).isEmpty();
  }

  private static boolean isOpened(Path folder) {
    try (Journal journal = Journal.open(folder, SERVER)) {
      return journal.entries().isEmpty();
    } catch (JournalLock.LockedException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void randomDamageCreatesNothing() throws IOException {
    Random random = new Random(16);
    for (int i = 0; i < (THOROUGH ? 5_000 : 500); i++) {
      byte[] bytes = bytes(Kind.values()[i % 2]).clone();
      int used = used(bytes);
      int from = random.nextInt(used);
      byte[] garbage = new byte[1 + random.nextInt(600)];
      random.nextBytes(garbage);
      for (int k = 0; k < garbage.length && from + k < used; k++) bytes[from + k] = garbage[k];
      if (Arrays.equals(bytes, bytes(Kind.values()[i % 2]))) continue;
      assertNotRead(bytes, "run " + i);
    }
  }

  private static JournalEntry entry(String reason) {
    return JournalEntry.of("a", RowStage.FAILED, reason).at(Instant.EPOCH);
  }

  /** The whole command is only run for some. */
  private void assertNotRead(byte[] damaged, String description) throws IOException {
    if (tried++ % (THOROUGH ? 4 : 60) == 0) {
      assertRefused(damaged, description);
      return;
    }
    write(damaged);
    assertThatIllegalArgumentException()
        .as(description)
        .isThrownBy(() -> Journal.open(batch.out, SERVER));
    assertThat(Arrays.equals(journal(), damaged)).as(description).isTrue();
  }

  private String assertRefused(byte[] damaged, String description) throws IOException {
    write(damaged);

    InProcessBatch.Run run = batch.run(NO_SEARCH);

    assertThat(run.exitCode()).as(description).isEqualTo(2);
    assertThat(run.err()).as(description).hasLineCount(1).contains(batch.journal.toString());
    assertThat(Arrays.equals(journal(), damaged)).as(description).isTrue();
    assertThat(api.creates).as(description).hasSize(ROWS.length);
    return run.err();
  }

  private static Arguments attack(String name, int line, UnaryOperator<byte[]> damage) {
    return Arguments.of(name, line, damage);
  }

  private static UnaryOperator<byte[]> lines(Consumer<List<String>> damage) {
    return bytes -> {
      List<String> lines = lines(bytes);
      damage.accept(lines);
      byte[] changed = String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
      return Arrays.copyOf(changed, changed.length + bytes.length - used(bytes));
    };
  }

  private static List<String> lines(byte[] bytes) {
    String text = new String(bytes, 0, used(bytes), StandardCharsets.ISO_8859_1);
    return new ArrayList<>(Arrays.asList(text.split("(?<=\n)")));
  }

  private static String upperCase(String line) {
    String checksum = line.substring(8, 16).toUpperCase();
    assumeThat(checksum).as("a checksum with a letter").containsPattern("[A-F]");
    return line.substring(0, 8) + checksum + line.substring(16);
  }

  /** Where a line begins, from 1. */
  private static int at(byte[] bytes, int line) {
    return lines(bytes).subList(0, line - 1).stream().mapToInt(String::length).sum();
  }

  private static byte[] zeroed(byte[] bytes, int from) {
    return zeroed(bytes, from, bytes.length);
  }

  private static byte[] zeroed(byte[] bytes, int from, int length) {
    byte[] zeroed = bytes.clone();
    Arrays.fill(zeroed, from, Math.min(from + length, bytes.length), (byte) 0);
    return zeroed;
  }

  /** The length without the zeros at the end. */
  private static int used(byte[] bytes) {
    int used = bytes.length;
    while (used > 0 && bytes[used - 1] == 0) used--;
    return used;
  }

  private byte[] bytes(Kind kind) {
    return kind == Kind.KILLED ? killed : closed;
  }

  private void write(byte[] bytes) throws IOException {
    Files.write(batch.journal, bytes);
  }

  private byte[] journal() {
    try {
      return Files.readAllBytes(batch.journal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
