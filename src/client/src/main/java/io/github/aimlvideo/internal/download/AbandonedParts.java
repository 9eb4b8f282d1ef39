package io.github.aimlvideo.internal.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Parts of videos that processes left behind when they were killed. Each folder is listed once, as
 * that takes longer the more videos it has; a part that is left later is deleted by the next
 * client. Safe for use by several threads.
 */
final class AbandonedParts {
  private static final int MAX_FOLDERS = 1000;

  /** The parts of other processes, by folder. */
  private final Map<Path, List<Path>> known = new ConcurrentHashMap<>();

  /** Deletes those of earlier videos for the same file. */
  void delete(TargetFile target) {
    partsIn(target.folder()).stream()
        .filter(target::isPartOfAnotherProcess)
        .forEach(AbandonedParts::deleteUnlocked);
  }

  private List<Path> partsIn(Path folder) {
    List<Path> before = known.get(folder);
    if (before != null) return before;
    List<Path> parts = new ArrayList<>(); // outside of the map: a slow folder holds up no other
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, ".*.part")) {
      all.forEach(parts::add);
    } catch (IOException | DirectoryIteratorException e) {
      return parts; // the next video for this folder lists it
    }
    if (known.size() >= MAX_FOLDERS) known.clear(); // they are listed again
    known.put(folder, parts);
    return parts;
  }

  /** A process locks its part file, and the system unlocks it when the process ends. */
  private static void deleteUnlocked(Path part) {
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      if (lock != null) Files.delete(part);
    } catch (IOException | OverlappingFileLockException e) {
      // in use, deleted meanwhile, or not ours to delete
    }
  }
}
