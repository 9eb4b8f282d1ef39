package io.github.aimlvideo.cli.batch.journal;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The history of a batch: an append-only file with one {@link JournalLine} for each step. A line is
 * on disk when {@link #append} returns.
 *
 * <p>The first line alone is overwritten: it has the number of lines that were on disk when append
 * returned. What follows these lines is a write that did not end, of which nobody was told; it is
 * dropped. A file that is changed in any other way is refused and stays as it is.
 *
 * <p>A lock on the file keeps other writers out. Zeros at its end reserve space, so that an id that
 * was paid for can be recorded on a full disk. Not safe for several threads.
 */
public final class Journal implements Closeable {
  public static final String NAME = "journal.jsonl";

  /** Beside it, written from it. */
  public static final String RESULTS = "results.jsonl";

  /** More than the lines of one row need. */
  static final int BYTES_PER_ROW = 4096;

  /** In place of a checksum, so that the first line is not taken for another one. */
  private static final int BEFORE_COUNT = -1;

  private final List<JournalEntry> entries = new ArrayList<>();
  private final Path path;
  private final RandomAccessFile file; // unlike a channel, not closed by an interruption
  private String server = "";
  private int lines;
  private int checksum;
  private long end;

  /** Whether a write that did not end is left after the last line. */
  private boolean torn;

  private boolean changed;

  private Journal(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Opens or creates the journal of a folder.
   *
   * @param server the base URL; ids are only valid there
   * @throws JournalLock.LockedException if another process has it open
   * @throws IllegalArgumentException if it is damaged, missing or belongs to another server
   */
  public static Journal open(Path folder, String server) throws IOException {
    Path path = folder.resolve(NAME);
    if (Files.notExists(path)) create(folder, server);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      JournalLock.lock(folder, file.getChannel()::tryLock);
      Journal journal = new Journal(path, file);
      journal.read();
      journal.checkServer(folder, server);
      return journal;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The journal appears with its first lines or not at all; an empty one is therefore damaged. */
  private static void create(Path folder, String server) throws IOException {
    if (Files.exists(folder.resolve(RESULTS))) {
      throw new IllegalArgumentException(
          "%s is missing beside %s; restore it, or choose another --out"
              .formatted(folder.resolve(NAME), RESULTS));
    }
    JsonObject header = new JsonObject();
    header.addProperty("journal", "aiml-video batch 2");
    header.addProperty("server", server);
    Path part = folder.resolve("." + NAME + "-" + UUID.randomUUID() + ".part");
    try {
      try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw")) {
        file.write(count(1));
        file.write(JournalLine.of(0, header.toString()).bytes);
        file.getFD().sync();
      }
      link(part, folder.resolve(NAME));
    } finally {
      Files.deleteIfExists(part);
    }
    // a power failure can lose the name of a new file too
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      if (Files.isDirectory(folder) && !System.getProperty("os.name").startsWith("Windows"))
        throw e;
    }
  }

  /** Unlike a move, a link never replaces the journal of another process. */
  private static void link(Path part, Path journal) throws IOException {
    try {
      Files.createLink(journal, part);
    } catch (FileAlreadyExistsException e) {
      return; // another process was faster
    } catch (FileSystemException | UnsupportedOperationException e) { // there are no links
      Files.move(part, journal);
    }
  }

  /** The entries of earlier runs, oldest first. */
  public List<JournalEntry> entries() {
    return entries;
  }

  /** The first line; it has the same length for any number. */
  public static byte[] count(int lines) {
    String json = String.format(Locale.ROOT, "{\"lines\":\"%010d\"}", lines);
    return JournalLine.of(BEFORE_COUNT, json).bytes;
  }

  private void read() throws IOException {
    byte[] bytes = new byte[Math.toIntExact(file.length())];
    file.readFully(bytes);
    int used = bytes.length;
    while (used > 0 && bytes[used - 1] == 0) used--;
    int begin = 0;
    int count = 1;
    for (int i = 0; i < used; i++) {
      if (bytes[i] != '\n') continue;
      byte[] line = Arrays.copyOfRange(bytes, begin, i + 1);
      if (begin == 0) count = readCount(line);
      else read(line);
      begin = i + 1;
    }
    torn = begin < used;
    if (begin == 0) throw damaged(1);
    if (lines < count || torn && bytes[begin] != '{') throw damaged(lines + 2);
    end = begin;
  }

  private int readCount(byte[] bytes) {
    JournalLine line = JournalLine.read(BEFORE_COUNT, bytes);
    if (line == null) throw damaged(1);
    return JsonParser.parseString(line.json()).getAsJsonObject().get("lines").getAsInt();
  }

  private void read(byte[] bytes) {
    JournalLine line = JournalLine.read(checksum, bytes);
    if (line == null) throw damaged(lines + 2);
    if (lines == 0) {
      server = JsonParser.parseString(line.json()).getAsJsonObject().get("server").getAsString();
    } else {
      JournalEntry entry = JournalEntry.parse(line.json());
      if (entry == null) throw damaged(lines + 2);
      entries.add(entry);
    }
    lines++;
    checksum = line.checksum;
  }

  private IllegalArgumentException damaged(int number) {
    return new IllegalArgumentException(
        ("line %s of %s is damaged; nothing was sent: restore the file,"
                + " or choose another --out, which creates all rows again")
            .formatted(number, path));
  }

  private void checkServer(Path folder, String expected) {
    if (server.equals(expected)) return;
    throw new IllegalArgumentException(
        "%s belongs to --base-url %s, not to %s; use that URL or another --out"
            .formatted(folder, server, expected));
  }

  /** Reserves space on disk for so many rows, before anything is paid. */
  public void reserve(int rows) throws IOException {
    extend(end + (long) rows * BYTES_PER_ROW);
  }

  /** Appends an entry; it is on disk when this returns. */
  public void append(JournalEntry entry) throws IOException {
    JournalLine line = JournalLine.of(checksum, entry.toJson());
    extend(end + line.bytes.length);
    torn = true;
    write(end, line.bytes);
    torn = false;
    end += line.bytes.length;
    lines++;
    checksum = line.checksum;
    write(0, count(lines));
  }

  private void write(long position, byte[] bytes) throws IOException {
    file.seek(position);
    file.write(bytes);
    file.getFD().sync();
  }

  /** Drops a write that did not end, and extends the file with zeros. */
  private void extend(long needed) throws IOException {
    if (torn) file.setLength(end);
    torn = false;
    changed = true;
    long length = file.length();
    if (length < needed) write(length, new byte[Math.toIntExact(needed - length)]);
  }

  /** Releases the reserved space. */
  @Override
  public void close() throws IOException {
    try (file) {
      if (changed) file.setLength(end); // what was refused stays as it is
    }
  }
}
