package io.github.aimlvideo.cli.batch.journal;

import io.github.aimlvideo.cli.ErrorMessage;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps a second batch out of a folder; ends with the process. */
public final class JournalLock {
  private JournalLock() {}

  /** Another batch has the lock. */
  public static final class LockedException extends IOException {
    private static final long serialVersionUID = 1L;

    private LockedException(Path folder) {
      super("another batch is running in " + folder + "; wait for it or stop it");
    }
  }

  /** Locks a file, as a channel does; returns null if another process has locked it. */
  interface Attempt {
    @Nullable FileLock tryLock() throws IOException;
  }

  /**
   * Locks the folder.
   *
   * @throws LockedException if another batch has the lock
   * @throws IllegalArgumentException if the file system has no locks, as NFS may be mounted
   */
  static void lock(Path folder, Attempt attempt) throws LockedException {
    try {
      if (attempt.tryLock() == null) throw new LockedException(folder);
    } catch (LockedException e) {
      throw e;
    } catch (OverlappingFileLockException e) {
      throw new LockedException(folder);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--out: "
              + folder
              + " is on a file system without locks ("
              + ErrorMessage.reason(e)
              + "), where two batches could buy the same videos; choose another",
          e);
    }
  }
}
