package io.github.aimlvideo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a video, beside its place; it grows over several answers until it is whole. Safe
 * for several threads.
 */
final class PartFile {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)");

  private static final int FLUSH_BYTES = 8 << 20;

  private final Path target;
  private final Path path;
  private final long limit;
  private final Executor flusher;
  private long have;
  private long flushed;
  private CompletableFuture<Void> flushing = CompletableFuture.completedFuture(null);
  private @Nullable String validator;
  private boolean sameLink = true;
  private boolean deleted;

  /** A part of {@code file}, not larger than {@code limit} bytes, flushed on {@code flusher}. */
  PartFile(Path file, long limit, Executor flusher) {
    this.target = target(file);
    this.path = target.resolveSibling("." + UUID.randomUUID() + ".part");
    this.limit = limit;
    this.flusher = flusher;
  }

  /**
   * Makes the folder of a file, and finds now what would fail only at the end.
   *
   * @throws IllegalArgumentException if no video can be saved there
   */
  static void checkTarget(Path file) {
    if (Files.exists(Objects.requireNonNull(file, "file")) && !Files.isRegularFile(file)) {
      throw new IllegalArgumentException("cannot save to " + file + ": it is there and no file");
    }
    PartFile trial = new PartFile(file, 0, Runnable::run);
    try {
      Files.createDirectories(trial.path.getParent());
      Files.createFile(trial.path);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot save to " + file + ": " + ApiException.reason(e), e);
    } finally {
      trial.delete();
    }
  }

  /** The file itself, or what a symbolic link leads to, which is to stay a link. */
  private static Path target(Path file) {
    try {
      return Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
    } catch (IOException e) {
      return file.toAbsolutePath(); // the link leads nowhere
    }
  }

  /** A request for what is missing, not compressed, so that its length can be checked. */
  synchronized Request.Builder request() {
    Request.Builder request = new Request.Builder().header("Accept-Encoding", "identity");
    if (have == 0 || validator == null && !sameLink) return request;
    if (validator != null) request.header("If-Range", validator);
    return request.header("Range", "bytes=" + have + "-");
  }

  /** Another link may lead to another file, which only a validator can tell. */
  synchronized void linkChanged() {
    sameLink = false;
  }

  /**
   * Adds what came, or starts anew with it; {@code progress} hears of each piece.
   *
   * @throws BrokenException if it broke off or is no video; another try may bring the rest
   * @throws IOException if the disk fails, or the limit
   */
  synchronized void append(Response response, Runnable progress) throws IOException {
    Matcher range = CONTENT_RANGE.matcher(response.header("Content-Range", ""));
    boolean partial = response.code() == 206 && range.matches();
    if (!partial || Long.parseLong(range.group(1)) != have) have = 0;
    flushed = have;
    if (response.code() != 200 && have == 0)
      throw new BrokenException("the server cannot go on with it", null);
    BufferedSource video = response.body().source();
    if (have == 0) checkBeginning(response, video);
    validator = validator(response);
    sameLink = true;
    write(video, progress);
    if (partial && !range.group(2).equals("*") && have != Long.parseLong(range.group(2))) {
      throw new BrokenException(have + " of " + range.group(2) + " bytes came", null);
    }
  }

  private static void checkBeginning(Response response, BufferedSource video) throws IOException {
    MediaType type = response.body().contentType();
    boolean text = type != null && (type.type().equals("text") || type.subtype().equals("json"));
    if (text) throw new BrokenException("the link leads to " + type + ", which is no video", null);
    try {
      if (video.exhausted()) throw new BrokenException("the link leads to an empty file", null);
      int first = firstBeyondSpace(video.peek());
      if (first == '<' || first == '{') {
        throw new BrokenException("the link leads to a text, which is no video", null);
      }
    } catch (BrokenException e) {
      throw e;
    } catch (IOException e) {
      throw new BrokenException("the connection broke", e);
    }
  }

  private static int firstBeyondSpace(BufferedSource source) throws IOException {
    int next = ' ';
    for (int i = 0; i < 1000 && Character.isWhitespace(next) && !source.exhausted(); i++) {
      next = source.readByte();
    }
    return next;
  }

  /** What tells whether the rest still belongs to the beginning: a strong ETag, else a date. */
  private static @Nullable String validator(Response response) {
    String tag = response.header("ETag");
    return tag != null && !tag.startsWith("W/") ? tag : response.header("Last-Modified");
  }

  /** What came before a break is kept. */
  private void write(BufferedSource video, Runnable progress) throws IOException {
    if (deleted) throw new BrokenException("cancelled", null);
    Files.createDirectories(path.getParent());
    try (FileChannel out =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(have);
      out.position(have);
      ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
      boolean more = true;
      while (more) {
        try {
          more = fill(buffer, video, progress);
        } finally {
          write(buffer.flip(), out);
        }
        buffer.clear();
        flushEarly(out);
      }
      out.force(true);
    }
  }

  /** Lets the disk begin while there is more to come, so that the end need not wait for all. */
  private void flushEarly(FileChannel out) {
    if (have - flushed < FLUSH_BYTES || !flushing.isDone()) return;
    flushed = have;
    flushing =
        CompletableFuture.runAsync(
            () -> {
              try {
                out.force(false);
              } catch (IOException e) {
                // the flush at the end will say so
              }
            },
            flusher);
  }

  /** Whether there may be more than that. */
  private static boolean fill(ByteBuffer buffer, BufferedSource video, Runnable progress)
      throws BrokenException {
    try {
      while (buffer.hasRemaining()) {
        if (video.read(buffer) < 0) return false;
        progress.run();
      }
      return true;
    } catch (IOException e) {
      throw new BrokenException("the connection broke", e);
    }
  }

  private void write(ByteBuffer buffer, FileChannel out) throws IOException {
    if (have + buffer.remaining() > limit)
      throw new IOException("larger than the limit of " + limit + " bytes");
    while (buffer.hasRemaining()) have += out.write(buffer);
  }

  /** Puts the whole video in its place, in one step where the file system can. */
  synchronized void finish() throws IOException {
    try {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Waits until nobody writes, then leaves nothing. */
  synchronized void delete() {
    deleted = true;
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit(); // another program holds it
    }
  }

  /** What came is not the whole video; that may change. */
  static final class BrokenException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenException(String message, @Nullable IOException cause) {
      super(cause == null ? message : message + ": " + ApiException.reason(cause), cause);
    }
  }
}
