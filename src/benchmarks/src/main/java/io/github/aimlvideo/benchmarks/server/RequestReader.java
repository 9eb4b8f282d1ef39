package io.github.aimlvideo.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes requests from a stream of bytes, however it is cut; bodies are counted and dropped. */
final class RequestReader {
  private enum Part {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    END_OF_CHUNKS
  }

  private Part part = Part.HEAD;
  private byte[] line = new byte[1024];
  private int length;
  private Request request;
  private long left;

  /** The next request that is whole, or null when more bytes are needed. */
  Request next(ByteBuffer input) {
    while (input.hasRemaining()) {
      boolean whole =
          switch (part) {
            case HEAD -> take(input) == '\n' && endsHead() && beginBody();
            case BODY -> skip(input) && endBody();
            case CHUNK_SIZE -> take(input) == '\n' && beginChunk();
            case CHUNK -> skip(input) && become(Part.CHUNK_SIZE);
            case END_OF_CHUNKS -> skip(input) && endBody();
          };
      if (whole) return request;
    }
    return null;
  }

  private byte take(ByteBuffer input) {
    if (length == line.length) line = Arrays.copyOf(line, 2 * length);
    return line[length++] = input.get();
  }

  private boolean endsHead() {
    return length >= 4 && line[length - 2] == '\r' && line[length - 3] == '\n';
  }

  private boolean beginBody() {
    request = new Request(new String(line, 0, length, StandardCharsets.ISO_8859_1));
    length = 0;
    left = request.contentLength();
    if (request.isChunked()) return become(Part.CHUNK_SIZE);
    return left == 0 || become(Part.BODY);
  }

  /** A size in hexadecimal, perhaps with an extension; the chunk ends with a line break. */
  private boolean beginChunk() {
    String size = new String(line, 0, length, StandardCharsets.ISO_8859_1).split("[;\r]")[0];
    length = 0;
    left = Long.parseLong(size.trim(), 16) + 2;
    return become(left == 2 ? Part.END_OF_CHUNKS : Part.CHUNK);
  }

  private boolean skip(ByteBuffer input) {
    int skipped = (int) Math.min(left, input.remaining());
    input.position(input.position() + skipped);
    left -= skipped;
    return left == 0;
  }

  private boolean endBody() {
    part = Part.HEAD;
    return true;
  }

  private boolean become(Part next) {
    part = next;
    return false;
  }
}
