package io.github.aimlvideo.batch.internal.steps;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks whether a folder has space for another video. */
final class DiskSpace {
  private static final long MIN_FREE = 64L << 20;
  private static final int PROBE = 1 << 20;

  /** How the name of a probe begins. */
  static final String PROBE_NAME = ".batch-probe-";

  private DiskSpace() {}

  /** Whether 64 MiB are free and 1 MiB can be written; a quota may allow less than is free. */
  static boolean isLeft(Path folder) {
    return isLeft(folder, true);
  }

  /**
   * Whether 64 MiB are free.
   *
   * @param probe whether to write 1 MiB too
   */
  static boolean isLeft(Path folder, boolean probe) {
    try {
      if (Files.getFileStore(folder).getUsableSpace() < MIN_FREE) return false;
      return !probe || canWrite(folder);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean canWrite(Path folder) {
    try {
      File probe = File.createTempFile(PROBE_NAME, ".part", folder.toFile());
      try (FileOutputStream out =
          new FileOutputStream(probe)) { // unlike a channel, not closed by an interruption
        out.write(new byte[PROBE]);
        return true;
      } finally {
        Files.delete(probe.toPath());
      }
    } catch (IOException e) {
      return false;
    }
  }
}
