package io.github.aimlvideo.internal.download;

import io.github.aimlvideo.internal.core.Failures;
import io.github.aimlvideo.internal.values.ShortText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file that a video is saved to. A file that was there at first is replaced; one that appears
 * later belongs to somebody else and is left alone.
 */
public final class TargetFile {
  /** Tells part files of this process from those of others. */
  private static final int PROCESS = UUID.randomUUID().hashCode();

  private static final Pattern PART_NAME =
      Pattern.compile("\\.(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\\.part");

  private static final String NOT_REGULAR = "it exists and is not a regular file";

  private final Path given;
  private final Path path;
  private final @Nullable List<Object> before;

  private TargetFile(Path file) {
    given = file;
    path = resolved(file);
    before = stateOf(path);
  }

  /** A file that is not checked. */
  public static TargetFile of(Path file) {
    return new TargetFile(Objects.requireNonNull(file, "file"));
  }

  /**
   * Makes the folder of a file, and finds now what would fail only at the end.
   *
   * @throws IllegalArgumentException if no video can be saved there
   */
  public static TargetFile checked(Path file) {
    TargetFile target = of(file);
    if (target.isSpecial()) throw cannotSave(file, NOT_REGULAR, null);
    Path trial = target.newPart();
    try {
      Files.createDirectories(target.path.getParent());
      Files.createFile(trial);
      target.checkName();
    } catch (IOException e) {
      throw cannotSave(file, Failures.describe(e), e);
    } finally {
      delete(trial);
    }
    return target;
  }

  private static IllegalArgumentException cannotSave(
      Path file, String reason, @Nullable IOException cause) {
    String message = "cannot save to " + file + ": " + reason;
    return new IllegalArgumentException(ShortText.message(message), cause);
  }

  /** The file itself, or the target of a symbolic link, which stays a link. */
  private static Path resolved(Path file) {
    try {
      return Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
    } catch (IOException e) {
      return file.toAbsolutePath(); // the link has no target
    }
  }

  private boolean isSpecial() {
    return Files.exists(path) && !Files.isRegularFile(path);
  }

  /** Tells whether it is still the same file, as far as the file system knows; null if none. */
  private static @Nullable List<Object> stateOf(Path path) {
    try {
      BasicFileAttributes now =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return List.of(now.size(), now.lastModifiedTime(), String.valueOf(now.fileKey()));
    } catch (IOException e) {
      return null;
    }
  }

  /** As the caller named it. */
  Path given() {
    return given;
  }

  /** A name beside the file: the first half names the file, the second one this process. */
  Path newPart() {
    long half = ((long) PROCESS << 32) | ThreadLocalRandom.current().nextInt() & 0xFFFFFFFFL;
    return path.resolveSibling("." + new UUID(nameHash(), half) + ".part");
  }

  private long nameHash() {
    String name = path.getFileName().toString();
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(bytes).getMostSignificantBits();
  }

  /** The name of a part is short; that of the file may be too long. */
  private void checkName() throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      // it can be made
    }
  }

  /** The folder in which the file and its parts are. */
  Path folder() {
    return Objects.requireNonNull(path.getParent(), "an absolute path");
  }

  /**
   * Whether another process began a video for the same file in that part. One of this process must
   * not even be opened: to close a file unlocks it for all of the process.
   */
  boolean isPartOfAnotherProcess(Path part) {
    Matcher name = PART_NAME.matcher(part.getFileName().toString());
    if (!name.matches()) return false;
    UUID id = UUID.fromString(name.group(1));
    return id.getMostSignificantBits() == nameHash()
        && id.getLeastSignificantBits() >> 32 != PROCESS;
  }

  /**
   * Moves a whole video here, atomically where the file system can do that. A file that cannot be
   * replaced, such as a mount of its own, is overwritten in place.
   *
   * @param content the open part
   */
  void replaceBy(Path part, FileChannel content) throws IOException {
    if (isSpecial()) throw new IOException(NOT_REGULAR);
    if (!Objects.equals(before, stateOf(path))) {
      throw new IOException("another file has appeared there");
    }
    try {
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      try {
        copy(content);
      } catch (IOException copyFailure) {
        copyFailure.addSuppressed(e);
        throw copyFailure;
      }
      delete(part);
    }
  }

  /** Leaves no beginning of a video behind. */
  private void copy(FileChannel content) throws IOException {
    boolean fresh = !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    StandardOpenOption how = fresh ? StandardOpenOption.CREATE_NEW : StandardOpenOption.WRITE;
    boolean opened = false;
    try (FileChannel out = FileChannel.open(path, StandardOpenOption.WRITE, how)) {
      opened = true;
      long space = Files.getFileStore(path).getUsableSpace() + out.size();
      if (space < content.size()) throw new IOException("not enough space for a copy");
      try {
        out.truncate(0);
        for (long at = 0; at < content.size(); ) {
          at += content.transferTo(at, content.size() - at, out);
        }
        out.force(true);
      } catch (IOException e) {
        out.truncate(0);
        throw e;
      }
    } catch (IOException e) {
      if (fresh && opened) delete(path);
      throw e;
    }
  }

  /** Moves a whole video that cannot be saved here to a free name beside it; returns that. */
  Path keep(Path part) {
    Path kept =
        path.resolveSibling("video-" + UUID.randomUUID().toString().substring(0, 8) + ".mp4");
    try {
      return Files.move(part, kept);
    } catch (IOException e) {
      return part;
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit(); // another program holds it
    }
  }
}
