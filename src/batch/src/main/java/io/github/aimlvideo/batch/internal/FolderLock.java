package io.github.aimlvideo.batch.internal;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps a second process out of the folder of a batch; ends with the process. */
public final class FolderLock implements AutoCloseable {
  public static final String FILE = ".batch.lock";

  private final RandomAccessFile file;

  private FolderLock(RandomAccessFile file) {
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
      RandomAccessFile file = new RandomAccessFile(folder.resolve(FILE).toFile(), "rw");
      try {
        lock(folder, file.getChannel()::tryLock);
        return new FolderLock(file);
      } catch (RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw new BatchException(Reason.FAILED, "cannot use the folder " + folder, e);
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

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // the lock ends with the process
    }
  }
}
