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
 * What has happened to the rows of a batch, one JSON object on each line of a file that only grows.
 * A line is on the disk when {@link #append} returns. A line that was being written when the power
 * went is cut off at the next start; what it would have said is found out again.
 *
 * <p>It needs no database: there is one writer, which a lock on the file ensures, and a thousand
 * rows are half a megabyte. Zeros at its end keep room, so that a full disk cannot keep an id from
 * being noted that has been paid for. Not safe for several threads.
 */
final class Journal implements Closeable {
  static final String NAME = "journal.jsonl";

  private static final String TITLE = "{\"journal\":\"aiml-video batch 1\",\"server\":\"";
  private static final String TITLE_END = "\"}";

  /** More than all lines of a row take. */
  static final int ROOM_FOR_ROW = 4096;

  private final List<Entry> entries = new ArrayList<>();
  private final RandomAccessFile file; // a FileChannel would be closed by an interruption
  private final String server;
  private @Nullable String begunWith;
  private long end;

  private Journal(RandomAccessFile file, String server) {
    this.file = file;
    this.server = server;
  }

  /**
   * Opens the journal of a folder, or begins it.
   *
   * @param server where ids of this batch mean something
   * @throws IllegalArgumentException if another process has it open, or it is of another server, or
   *     damaged
   */
  static Journal open(Path folder, String server) throws IOException {
    Path path = folder.resolve(NAME);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      if (!lock(file)) {
        throw new BusyException(
            "another batch works on " + folder + ": wait until it ends, or end it");
      }
      Journal journal = new Journal(file, server);
      journal.read(path);
      journal.checkServer(folder);
      if (journal.end == 0) journal.begin(folder);
      return journal;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Somebody else has the journal open. */
  static final class BusyException extends IOException {
    private static final long serialVersionUID = 1L;

    BusyException(String message) {
      super(message);
    }
  }

  /** It goes with the process, however that ends. */
  private static boolean lock(RandomAccessFile file) throws IOException {
    try {
      return file.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** What was noted before this start, the oldest first. */
  List<Entry> entries() {
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
      if (!whole || !understand(line, number)) {
        if (!whole || isLast(bytes, lineEnd + 1)) break;
        throw new IllegalArgumentException(
            "line " + number + " of " + path + " is damaged: mend it, or take another --out");
      }
      begin = lineEnd + 1;
    }
    end = begin;
    file.setLength(end);
  }

  private boolean understand(String line, int number) {
    if (number > 1) {
      Entry entry = Entry.parse(line);
      return entry != null && entries.add(entry);
    }
    if (!line.startsWith(TITLE)) return false;
    begunWith = line.substring(TITLE.length(), line.length() - TITLE_END.length());
    return true;
  }

  /** Ids mean nothing elsewhere; a journal without any may begin anew. */
  private void checkServer(Path folder) {
    if (server.equals(begunWith)) return;
    if (entries.isEmpty()) {
      end = 0;
      return;
    }
    throw new IllegalArgumentException(
        folder
            + " was begun with --base-url "
            + begunWith
            + ", its ids mean nothing at "
            + server
            + ": take that, or another --out");
  }

  private static boolean isLast(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) if (bytes[i] != 0) return false;
    return true;
  }

  private void begin(Path folder) throws IOException {
    write(TITLE + server + TITLE_END);
    // the name of a new file is lost with the power too
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      if (Files.isDirectory(folder) && !System.getProperty("os.name").startsWith("Windows"))
        throw e;
    }
  }

  /** Keeps room on the disk for so many rows, or fails as long as that costs nothing. */
  void keepRoomFor(int rows) throws IOException {
    long needed = end + (long) rows * ROOM_FOR_ROW;
    long length = file.length();
    if (length >= needed) return;
    byte[] zeros = new byte[Math.toIntExact(needed - length)];
    file.seek(length);
    file.write(zeros);
    file.getFD().sync();
  }

  /** Notes it; when this returns it is on the disk. */
  void append(Entry entry) throws IOException {
    write(entry.toJson());
  }

  private void write(String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    file.seek(end);
    file.write(bytes);
    file.getFD().sync();
    end += bytes.length;
  }

  /** Gives the room back. */
  @Override
  public void close() throws IOException {
    try (file) {
      file.setLength(end);
    }
  }
}
