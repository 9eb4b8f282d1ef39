package io.github.aimlvideo.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashSet;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okio.BufferedSource;
import okio.ByteString;
import okio.GzipSource;
import okio.Okio;

/** Judges what a link leads to: whether it is a video, and whether it is all of it. */
final class VideoContent {
  private static final Set<Protocol> HTTP_1 = Set.of(Protocol.HTTP_1_0, Protocol.HTTP_1_1);

  /** Types of the boxes of an MP4 (ISO/IEC 14496-12), as four characters of a number. */
  private static final int FTYP = 0x66747970;

  private static final ByteString BYTE_ORDER_MARK = ByteString.encodeUtf8("\ufeff");

  private static final int MOOV = 0x6d6f6f76;
  private static final int MDAT = 0x6d646174;

  private VideoContent() {}

  /**
   * The bytes of the video. The client asks for them uncompressed, but a server may ignore that.
   *
   * @throws IOException if they are compressed by another method than gzip
   */
  static BufferedSource decoded(Response response) throws IOException {
    BufferedSource source = response.body().source();
    if (!isCompressed(response)) return source;
    if (!encoding(response).equalsIgnoreCase("gzip")) {
      throw new IOException("the server compresses it by " + encoding(response) + ", not by gzip");
    }
    return Okio.buffer(new GzipSource(source));
  }

  static boolean isCompressed(Response response) {
    return !encoding(response).equalsIgnoreCase("identity");
  }

  private static String encoding(Response response) {
    return Objects.requireNonNullElse(response.header("Content-Encoding"), "identity");
  }

  /**
   * Accepts the beginning of a video. An MP4 is one whatever its media type.
   *
   * @throws IncompleteVideoException if it is empty or text
   */
  static void checkBeginning(Response response, BufferedSource video) throws IOException {
    try {
      if (isMp4(video)) return;
      MediaType type = response.body().contentType();
      boolean text = type != null && (type.type().equals("text") || type.subtype().equals("json"));
      if (text) {
        throw new IncompleteVideoException(
            "the link leads to " + type + ", which is not a video", null);
      }
      if (video.exhausted())
        throw new IncompleteVideoException("the link leads to an empty file", null);
      int first = firstBeyondSpace(video.peek());
      if (first == '<' || first == '{') {
        throw new IncompleteVideoException("the link leads to text, which is not a video", null);
      }
    } catch (IncompleteVideoException e) {
      throw e;
    } catch (IOException e) {
      throw new IncompleteVideoException("the connection broke", e);
    }
  }

  private static boolean isMp4(BufferedSource video) {
    try {
      return video.peek().readLong() << 32 >> 32 == FTYP;
    } catch (IOException e) {
      return false; // too short to tell; what has arrived is kept
    }
  }

  private static int firstBeyondSpace(BufferedSource source) throws IOException {
    if (source.rangeEquals(0, BYTE_ORDER_MARK)) source.skip(BYTE_ORDER_MARK.size());
    int next = ' ';
    for (int i = 0; i < 1000 && Character.isWhitespace(next) && !source.exhausted(); i++) {
      next = source.readByte();
    }
    return next;
  }

  /** The length of a whole video; empty if the response does not tell it. */
  static OptionalLong length(Response response) {
    long length = response.body().contentLength();
    boolean known = length >= 0 && !isCompressed(response);
    return known ? OptionalLong.of(length) : OptionalLong.empty();
  }

  /** Whether more than the end of the connection ends it (RFC 9112, section 6.3). */
  static boolean endsByItself(Response response) {
    return response.body().contentLength() >= 0
        || response.header("Transfer-Encoding") != null
        || isCompressed(response) // gzip has a length of its own
        || !HTTP_1.contains(response.protocol());
  }

  /**
   * Accepts a file that is complete, by the size of the whole video or by its boxes.
   *
   * @throws IncompleteVideoException if it is not complete, or nothing tells
   */
  static void checkComplete(FileChannel file, OptionalLong size) throws IOException {
    if (size.isPresent() ? file.size() == size.getAsLong() : isWholeMp4(file)) return;
    String received = "received " + file.size();
    throw new IncompleteVideoException(
        size.isPresent()
            ? received + " of " + size.getAsLong() + " bytes"
            : received + " bytes, and nothing tells whether these are all",
        null);
  }

  /** Each box begins with its size; the last one has to end with the file. */
  private static boolean isWholeMp4(FileChannel in) throws IOException {
    Set<Integer> types = new HashSet<>();
    long at = 0;
    ByteBuffer head = ByteBuffer.allocate(16);
    while (at < in.size()) {
      if (in.read(head.clear(), at) < 8) return false;
      if (at == 0 && head.getInt(4) != FTYP) return false;
      long length = head.getInt(0) & 0xFFFFFFFFL;
      if (length == 1) length = head.getLong(8); // the size needs 64 bits
      if (length < 8 || length > in.size() - at) return false;
      types.add(head.getInt(4));
      at += length;
    }
    return types.containsAll(Set.of(MOOV, MDAT));
  }
}
