package io.github.aimlvideo.cli.batch;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether a folder takes more. */
final class Disk {
  private static final long SOME_FILMS = 64L << 20;
  private static final int TRIAL = 1 << 20;

  private Disk() {}

  /** Whether there is room for some films, and a megabyte can be written: there may be a quota. */
  static boolean hasRoom(Path folder) {
    try {
      if (Files.getFileStore(folder).getUsableSpace() < SOME_FILMS) return false;
      File trial = File.createTempFile(".room", ".part", folder.toFile());
      try (FileOutputStream out = new FileOutputStream(trial)) { // an interruption does not end it
        out.write(new byte[TRIAL]);
        return true;
      } finally {
        Files.delete(trial.toPath());
      }
    } catch (IOException e) {
      return false;
    }
  }
}
