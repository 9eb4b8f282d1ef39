package io.github.aimlvideo.cli.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether a folder takes more. */
final class Disk {
  private static final int SOME = 1 << 20;

  private Disk() {}

  /** Whether a megabyte can be written there; a quota or a limit counts as well as the disk. */
  static boolean hasRoom(Path folder) {
    try {
      Path trial = Files.createTempFile(folder, ".room", ".part");
      try {
        Files.write(trial, new byte[SOME]);
        return true;
      } finally {
        Files.delete(trial);
      }
    } catch (IOException e) {
      return false;
    }
  }
}
