package io.github.aimlvideo.internal.download;

import io.github.aimlvideo.internal.core.Failures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a video, beside its file; it grows over several responses until it is whole. It
 * stays open and locked until then, so that no other process takes it for one that was left behind.
 * Safe for use by several threads.
 */
final class PartialFile {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)");

  private final TargetFile target;
  private final AbandonedParts abandoned;
  private final Path path;
  private final long limit;
  private @Nullable FileChannel content;
  private long have;
  private @Nullable String validator;
  private OptionalLong total = OptionalLong.empty();
  private boolean sameLink = true;
  private boolean resumable;
  private boolean ended;

  /** A part of a file of at most {@code limit} bytes. */
  PartialFile(TargetFile target, AbandonedParts abandoned, long limit) {
    this.target = target;
    this.abandoned = abandoned;
    this.path = target.newPart();
    this.limit = limit;
  }

  /** A request for the missing bytes, uncompressed, so that their number can be checked. */
  synchronized Request.Builder request() {
    Request.Builder request = new Request.Builder().header("Accept-Encoding", "identity");
    if (have == 0 || !resumable || validator == null && !sameLink) return request;
    if (validator != null) request.header("If-Range", validator);
    return request.header("Range", "bytes=" + have + "-");
  }

  /** Another link may lead to another file; only a validator can tell. */
  synchronized void linkChanged() {
    sameLink = false;
  }

  /**
   * Appends a response, or starts again with it.
   *
   * @param size the size of the whole video, if the API told it
   * @throws IncompleteVideoException if it ends early or is not a video; another attempt may
   *     succeed
   * @throws IOException if the disk fails, or the limit is exceeded
   */
  synchronized void append(Response response, OptionalLong size) throws IOException {
    Matcher range = CONTENT_RANGE.matcher(response.header("Content-Range", ""));
    boolean partial = response.code() == 206 && range.matches();
    OptionalLong newTotal = partial ? total(range.group(2)) : VideoContent.length(response);
    if (!partial || Long.parseLong(range.group(1)) != have || isAnother(response, newTotal)) {
      have = 0;
    }
    if (response.code() != 200 && have == 0)
      throw new IncompleteVideoException("the server cannot resume it", null);
    BufferedSource video = VideoContent.decoded(response);
    if (have == 0) VideoContent.checkBeginning(response, video);
    validator = validator(response);
    total = newTotal;
    resumable = !VideoContent.isCompressed(response); // a range would be one of compressed bytes
    sameLink = true;
    write(video);
    boolean ends = !partial && VideoContent.endsByItself(response);
    if (!ends) VideoContent.checkComplete(opened(), total.isPresent() ? total : size);
  }

  private static OptionalLong total(String number) {
    return number.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(number));
  }

  /** Whether the rest belongs to another video than the beginning. */
  private boolean isAnother(Response response, OptionalLong newTotal) {
    String tag = validator(response);
    return validator != null && tag != null && !tag.equals(validator)
        || total.isPresent() && newTotal.isPresent() && !total.equals(newTotal);
  }

  /** How many bytes have arrived. */
  synchronized long length() {
    return have;
  }

  /** Tells whether the rest still belongs to the beginning: a strong ETag, else a date. */
  private static @Nullable String validator(Response response) {
    String tag = response.header("ETag");
    return tag != null && !tag.startsWith("W/") ? tag : response.header("Last-Modified");
  }

  /** The bytes before a break are kept. */
  private void write(BufferedSource video) throws IOException {
    if (ended) throw new IncompleteVideoException("cancelled", null);
    FileChannel out = opened();
    out.truncate(have);
    out.position(have);
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    boolean more = true;
    while (more) {
      try {
        more = fill(buffer, video);
      } finally {
        write(buffer.flip(), out);
      }
      buffer.clear();
    }
    out.force(true);
  }

  private FileChannel opened() throws IOException {
    FileChannel open = content;
    if (open != null && open.isOpen()) return open;
    Files.createDirectories(path.getParent());
    abandoned.delete(target);
    content =
        open =
            FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      open.tryLock();
    } catch (IOException e) {
      // a file system without locks: there no process deletes files of others
    }
    return open;
  }

  /** Whether there may be more. */
  private static boolean fill(ByteBuffer buffer, BufferedSource video)
      throws IncompleteVideoException {
    try {
      while (buffer.hasRemaining()) {
        if (video.read(buffer) < 0) return false;
      }
      return true;
    } catch (IOException e) {
      throw new IncompleteVideoException("the connection broke", e);
    }
  }

  private void write(ByteBuffer buffer, FileChannel out) throws IOException {
    if (have + buffer.remaining() > limit)
      throw new IOException("larger than the limit of " + limit + " bytes");
    while (buffer.hasRemaining()) have += out.write(buffer);
  }

  /**
   * Moves the whole video to its file.
   *
   * @throws IOException if that fails; the message names the file that has the video instead
   */
  synchronized void finish() throws IOException {
    if (ended) throw new IOException("cancelled");
    try {
      target.replaceBy(path, opened());
    } catch (IOException e) {
      Path kept = target.keep(path);
      throw new IOException(Failures.describe(e) + "; the whole video is in " + kept, e);
    } finally {
      end();
    }
  }

  /** Waits until nothing is written, then deletes it, unless the video is whole. */
  synchronized void delete() {
    if (ended) return;
    TargetFile.delete(path);
    end();
  }

  private void end() {
    ended = true;
    try {
      if (content != null) content.close();
    } catch (IOException e) {
      // all that matters has been written
    }
  }
}
