package io.github.aimlvideo.batch.internal.steps;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks whether a folder has space for another video. */
final class DiskSpace {
  private static final long MIN_FREE = 64L << 20;
  private static final int PROBE = 1 << 20;

  /** How the name of a probe begins. */
  static final String PROBE_NAME = ".batch-probe-";

  private DiskSpace() {}

  /**
   * Why a folder does not take another video; empty if 64 MiB are free and 1 MiB can be written. A
   * quota may allow less than is free.
   *
   * @param probe whether to write 1 MiB; else the free space counts alone
   */
  static Optional<String> problem(Path folder, boolean probe) {
    if (!Files.isDirectory(folder)) return Optional.of("no such folder: " + folder);
    try {
      if (Files.getFileStore(folder).getUsableSpace() < MIN_FREE) return Optional.of(full(folder));
      if (probe) write(folder);
      return Optional.empty();
    } catch (IOException e) {
      String reason = reason(e);
      boolean isFull = Stream.of("No space left", "quota").anyMatch(reason::contains);
      return Optional.of(isFull ? full(folder) : "cannot write to " + folder + ": " + reason);
    }
  }

  private static String full(Path folder) {
    return "no space left in " + folder;
  }

  /** In the words of the system, which has none for an access that is denied. */
  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return reason == null ? "access denied" : reason;
  }

  private static void write(Path folder) throws IOException {
    File probe = File.createTempFile(PROBE_NAME, ".part", folder.toFile());
    try (FileOutputStream out =
        new FileOutputStream(probe)) { // unlike a channel, not closed by an interruption
      out.write(new byte[PROBE]);
    } finally {
      Files.delete(probe.toPath());
    }
  }
}
