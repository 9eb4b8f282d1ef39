package io.github.aimlvideo.batch.internal.database;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps a second process out of the folder of a batch; ends with the process. */
public final class FolderLock implements AutoCloseable {
  public static final String FILE = ".batch.lock";

  private final Path folder;
  private RandomAccessFile file;
  private @Nullable Object key;
  private boolean isNew;

  private FolderLock(Path folder, RandomAccessFile file) {
    this.folder = folder;
    this.file = file;
  }

  /** Locks a file, as a channel does; returns null if another process has locked it. */
  interface Attempt {
    @Nullable FileLock tryLock() throws IOException;
  }

  /**
   * Makes the folder, unless it exists, and locks it.
   *
   * @throws BatchException if another process has the lock, or the file system has no locks
   */
  public static FolderLock lock(Path folder) {
    try {
      Files.createDirectories(folder);
      FolderLock lock = new FolderLock(folder, open(folder));
      lock.lockFile();
      return lock;
    } catch (IOException e) {
      throw cannotUse(folder, e);
    }
  }

  private static RandomAccessFile open(Path folder) throws IOException {
    return new RandomAccessFile(folder.resolve(FILE).toFile(), "rw");
  }

  static BatchException cannotUse(Path folder, IOException e) {
    boolean noFolder = Files.exists(folder) && !Files.isDirectory(folder);
    String message =
        noFolder ? folder + " is not a folder" : "cannot write to the folder " + folder;
    return new BatchException(Reason.FAILED, message, e);
  }

  private void lockFile() throws IOException {
    try {
      lock(folder, file.getChannel()::tryLock);
      key = currentKey();
      isNew = file.length() == 0;
      if (isNew) file.write('\n');
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  static void lock(Path folder, Attempt attempt) {
    try {
      if (attempt.tryLock() != null) return;
    } catch (OverlappingFileLockException e) {
      // this process has it
    } catch (IOException e) {
      String message =
          folder
              + " is on a file system without locks, where two batches could buy the same videos";
      throw new BatchException(Reason.UNUSABLE, message, e);
    }
    throw new BatchException(Reason.IN_USE, "another batch is running in " + folder, null);
  }

  /** What file has the name of the lock: its inode, say; null if there is none, or no inodes. */
  private @Nullable Object currentKey() throws IOException {
    Path path = folder.resolve(FILE);
    if (Files.notExists(path)) return null;
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /**
   * Whether the lock shows that no other process works on the folder. A new file does not: somebody
   * may have deleted the one that another process has locked.
   */
  synchronized boolean isProofOfOneProcess() {
    return !isNew;
  }

  /**
   * Locks the file that is there now, if the one that was locked is gone: it keeps nobody out.
   *
   * @throws BatchException if another process has locked it
   */
  synchronized void renew() {
    try {
      if (key != null && Objects.equals(key, currentKey()) || key == null && isThere()) return;
      RandomAccessFile gone = file;
      file = open(folder);
      lockFile();
      gone.close();
    } catch (IOException e) {
      throw cannotUse(folder, e);
    }
  }

  private boolean isThere() {
    return Files.exists(folder.resolve(FILE));
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      // the lock ends with the process
    }
  }
}
