package io.github.aimlvideo.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Parses requests from bytes as they arrive; bodies are skipped. */
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

  /** Returns the next complete request, or null if it needs more bytes. */
  Request next(ByteBuffer input) {
    while (input.hasRemaining()) {
      boolean complete =
          switch (part) {
            case HEAD -> take(input) == '\n' && endsHead() && beginBody();
            case BODY -> skip(input) && endBody();
            case CHUNK_SIZE -> take(input) == '\n' && beginChunk();
            case CHUNK -> skip(input) && continueWith(Part.CHUNK_SIZE);
            case END_OF_CHUNKS -> skip(input) && endBody();
          };
      if (complete) return request;
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
    if (request.isChunked()) return continueWith(Part.CHUNK_SIZE);
    return left == 0 || continueWith(Part.BODY);
  }

  /** The size is hexadecimal and may have an extension; the chunk ends with a line break. */
  private boolean beginChunk() {
    String size = new String(line, 0, length, StandardCharsets.ISO_8859_1).split("[;\r]")[0];
    length = 0;
    left = Long.parseLong(size.trim(), 16) + 2;
    return continueWith(left == 2 ? Part.END_OF_CHUNKS : Part.CHUNK);
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

  private boolean continueWith(Part next) {
    part = next;
    return false;
  }
}
