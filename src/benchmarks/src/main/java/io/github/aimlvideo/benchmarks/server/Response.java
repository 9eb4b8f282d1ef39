package io.github.aimlvideo.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A response that is being written: head and JSON, or head and video. */
final class Response {
  private static final ByteBuffer VIDEO = ByteBuffer.allocateDirect(1 << 20);

  static {
    VIDEO.put(4, new byte[] {'f', 't', 'y', 'p', 'i', 's', 'o', 'm'});
  }

  private final ByteBuffer head;
  private long videoBytesLeft;

  private Response(String head, long videoBytes) {
    this.head = ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1));
    this.videoBytesLeft = videoBytes;
  }

  /** Bodies are ASCII, so the length in bytes is the number of characters. */
  static Response json(int status, String body) {
    return new Response(head(status, "application/json; charset=utf-8", body.length()) + body, 0);
  }

  static Response video(long bytes) {
    return new Response(head(200, "video/mp4", bytes), bytes);
  }

  private static String head(int status, String type, long length) {
    return "HTTP/1.1 "
        + (status == 200 ? "200 OK" : "404 Not Found")
        + "\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  /** Writes what the peer accepts now; returns whether the response is complete. */
  boolean writeTo(SocketChannel channel) throws IOException {
    if (head.hasRemaining()) channel.write(head);
    if (head.hasRemaining()) return false;
    while (videoBytesLeft > 0) {
      ByteBuffer part = VIDEO.duplicate().limit((int) Math.min(videoBytesLeft, VIDEO.capacity()));
      videoBytesLeft -= channel.write(part);
      if (part.hasRemaining()) return false;
    }
    return true;
  }
}
