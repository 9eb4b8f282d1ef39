package io.github.aimlvideo.cli.batch;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The history of a batch: an append-only file with one JSON object on each line. A line is on disk
 * when {@link #append} returns. A line that was cut off by a power failure is dropped at the next
 * start, which finds its content again.
 *
 * <p>A lock on the file keeps other writers out. Zeros at its end reserve space, so that an id that
 * was paid for can be recorded on a full disk. Not safe for several threads.
 */
final class Journal implements Closeable {
  static final String NAME = "journal.jsonl";

  private static final String HEADER = "{\"journal\":\"aiml-video batch 1\",\"server\":\"";
  private static final String HEADER_END = "\"}";

  /** More than the lines of one row need. */
  static final int BYTES_PER_ROW = 4096;

  private final List<JournalEntry> entries = new ArrayList<>();
  private final RandomAccessFile file; // unlike a channel, not closed by an interruption
  private final String server;
  private @Nullable String recordedServer;
  private long end;

  private Journal(RandomAccessFile file, String server) {
    this.file = file;
    this.server = server;
  }

  /**
   * Opens or creates the journal of a folder.
   *
   * @param server the base URL; ids are only valid there
   * @throws JournalLockedException if another process has it open
   * @throws IllegalArgumentException if it is damaged or belongs to another server
   */
  static Journal open(Path folder, String server) throws IOException {
    Path path = folder.resolve(NAME);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      if (!lock(file)) {
        throw new JournalLockedException(
            "another batch is running in " + folder + "; wait for it or stop it");
      }
      Journal journal = new Journal(file, server);
      journal.read(path);
      journal.checkServer(folder);
      if (journal.end == 0) journal.create(folder);
      return journal;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Another process has the journal open. */
  static final class JournalLockedException extends IOException {
    private static final long serialVersionUID = 1L;

    JournalLockedException(String message) {
      super(message);
    }
  }

  /** The lock ends with the process. */
  private static boolean lock(RandomAccessFile file) throws IOException {
    try {
      return file.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The entries of earlier runs, oldest first. */
  List<JournalEntry> entries() {
    return entries;
  }

  private void read(Path path) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(file.length())];
    file.readFully(bytes);
    int begin = 0;
    for (int number = 1; begin < bytes.length; number++) {
      int lineEnd = begin;
      while (lineEnd < bytes.length && bytes[lineEnd] != '\n' && bytes[lineEnd] != 0) lineEnd++;
      String line = new String(bytes, begin, lineEnd - begin, StandardCharsets.UTF_8);
      boolean whole = lineEnd < bytes.length && bytes[lineEnd] == '\n';
      if (!whole || !parse(line, number)) {
        if (!whole || isLast(bytes, lineEnd + 1)) break;
        throw new IllegalArgumentException(
            "line " + number + " of " + path + " is damaged; repair it or choose another --out");
      }
      begin = lineEnd + 1;
    }
    end = begin;
    file.setLength(end);
  }

  private boolean parse(String line, int number) {
    if (number > 1) {
      JournalEntry entry = JournalEntry.parse(line);
      return entry != null && entries.add(entry);
    }
    if (!line.startsWith(HEADER)) return false;
    recordedServer = line.substring(HEADER.length(), line.length() - HEADER_END.length());
    return true;
  }

  /** Ids are only valid at their server; a journal without entries can be replaced. */
  private void checkServer(Path folder) {
    if (server.equals(recordedServer)) return;
    if (entries.isEmpty()) {
      end = 0;
      return;
    }
    throw new IllegalArgumentException(
        folder
            + " belongs to --base-url "
            + recordedServer
            + ", not to "
            + server
            + "; use that URL or another --out");
  }

  private static boolean isLast(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) if (bytes[i] != 0) return false;
    return true;
  }

  private void create(Path folder) throws IOException {
    write(HEADER + server + HEADER_END);
    // a power failure can lose the name of a new file too
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      if (Files.isDirectory(folder) && !System.getProperty("os.name").startsWith("Windows"))
        throw e;
    }
  }

  /** Reserves space on disk for so many rows, before anything is paid. */
  void reserve(int rows) throws IOException {
    long needed = end + (long) rows * BYTES_PER_ROW;
    long length = file.length();
    if (length >= needed) return;
    byte[] zeros = new byte[Math.toIntExact(needed - length)];
    file.seek(length);
    file.write(zeros);
    file.getFD().sync();
  }

  /** Appends an entry; it is on disk when this returns. */
  void append(JournalEntry entry) throws IOException {
    write(entry.toJson());
  }

  private void write(String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    file.seek(end);
    file.write(bytes);
    file.getFD().sync();
    end += bytes.length;
  }

  /** Releases the reserved space. */
  @Override
  public void close() throws IOException {
    try (file) {
      file.setLength(end);
    }
  }
}
