package io.github.aimlvideo.internal.values;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to be sent: in memory, or in a file that must not change until then. Pipes and other files
 * that cannot be read twice are read once and kept.
 */
public final class ByteSource {
  /** What cannot be read twice takes no more memory than this. */
  public static final int MAX_KEPT = 64 << 20;

  /** The number of bytes to encode at a time: a multiple of three, so chunks need no padding. */
  private static final int CHUNK = 3 * 8192;

  /** On some systems two readers of one of these share a position. */
  private static final Pattern DESCRIPTOR = Pattern.compile("/dev/(stdin|fd/.*)");

  private static final int HEAD = 32;

  private final @Nullable Path file;

  /** All of them, or the first ones of a file. */
  private final byte[] bytes;

  private final long length;
  private final @Nullable FileTime modified;

  private ByteSource(@Nullable Path file, byte[] bytes, long length, @Nullable FileTime modified) {
    this.file = file;
    this.bytes = bytes;
    this.length = length;
    this.modified = modified;
  }

  /** These bytes, which are not copied. */
  public static ByteSource of(byte[] bytes) {
    return new ByteSource(null, bytes, bytes.length, null);
  }

  /**
   * The rest of a stream, which is not closed.
   *
   * @throws IOException if it cannot be read, or is longer than {@link #MAX_KEPT}
   */
  public static ByteSource of(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_KEPT + 1);
    if (bytes.length > MAX_KEPT) {
      throw new IOException("longer than " + (MAX_KEPT >> 20) + " MB; save it to a file");
    }
    return of(bytes);
  }

  /** A file with its present length. */
  public static ByteSource of(Path file) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    boolean regular = now.isRegularFile() && now.size() > 0; // the files of /proc say 0
    boolean twice = regular && !DESCRIPTOR.matcher(file.toString()).matches();
    try (InputStream in = Files.newInputStream(file)) {
      if (!twice) return of(in);
      return new ByteSource(file, in.readNBytes(HEAD), now.size(), now.lastModifiedTime());
    }
  }

  public long length() {
    return length;
  }

  /** Where they are, unless they are in memory. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** The first bytes, or all of them. */
  public byte[] head() {
    return bytes;
  }

  public InputStream open() throws IOException {
    return file == null ? new ByteArrayInputStream(bytes) : Files.newInputStream(file);
  }

  /**
   * Finds a change before anything is sent.
   *
   * @throws FileSystemException if the file has changed since, or is gone
   */
  public void checkUnchanged() throws FileSystemException {
    if (file == null) return;
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (now.size() != length) throw changed(now.size() + " bytes instead of " + length);
      if (!now.lastModifiedTime().equals(modified)) throw changed("it was written to or replaced");
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Writes Base64 of exactly the length that was announced, a few kilobytes at a time. A change is
   * found before the end is written.
   *
   * @throws FileSystemException if the file cannot be read, or has changed
   */
  public void encodeTo(OutputStream out) throws IOException {
    Base64.Encoder encoder = Base64.getEncoder();
    try (InputStream in = opened()) {
      for (long rest = length; rest > 0; ) {
        byte[] chunk = read(in, (int) Math.min(CHUNK, rest));
        rest -= chunk.length;
        if (rest == 0) checkUnchanged();
        out.write(encoder.encode(chunk));
      }
    }
  }

  private InputStream opened() throws FileSystemException {
    try {
      return open();
    } catch (IOException e) {
      throw unreadable(Objects.requireNonNull(file), e);
    }
  }

  private byte[] read(InputStream in, int wanted) throws FileSystemException {
    byte[] chunk;
    try {
      chunk = in.readNBytes(wanted);
    } catch (IOException e) {
      throw unreadable(Objects.requireNonNull(file), e);
    }
    if (chunk.length < wanted) throw changed("it ended early");
    return chunk;
  }

  private FileSystemException changed(String how) {
    String message = "it changed after it was given: " + how + "; give it again";
    return new FileSystemException(String.valueOf(file), null, message);
  }

  private static FileSystemException unreadable(Path file, IOException e) {
    return e instanceof FileSystemException known
        ? known
        : (FileSystemException)
            new FileSystemException(file.toString(), null, e.getMessage()).initCause(e);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ByteSource other
        && Objects.equals(file, other.file)
        && length == other.length
        && Objects.equals(modified, other.modified)
        && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(file, length);
  }

  /** The file, if it is one. */
  @Override
  public String toString() {
    return file == null ? "" : ShortText.message(file.toString());
  }
}
