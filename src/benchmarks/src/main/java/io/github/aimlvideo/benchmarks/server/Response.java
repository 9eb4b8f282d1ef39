package io.github.aimlvideo.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** An response on its way: some bytes, and perhaps a video after them. */
final class Response {
  private static final ByteBuffer VIDEO = ByteBuffer.allocateDirect(1 << 20);

  static {
    VIDEO.put(4, new byte[] {'f', 't', 'y', 'p', 'i', 's', 'o', 'm'});
  }

  private final ByteBuffer begin;
  private long video;

  private Response(String head, String body, long video) {
    this.begin = ByteBuffer.wrap((head + body).getBytes(StandardCharsets.ISO_8859_1));
    this.video = video;
  }

  /** Bodies are ASCII, so their length is their number of characters. */
  static Response json(int status, String body) {
    return new Response(head(status, "application/json; charset=utf-8", body.length()), body, 0);
  }

  static Response video(long bytes) {
    return new Response(head(200, "video/mp4", bytes), "", bytes);
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

  /** Whether all of it is written; else the peer takes no more for now. */
  boolean writeTo(SocketChannel channel) throws IOException {
    if (begin.hasRemaining()) channel.write(begin);
    if (begin.hasRemaining()) return false;
    while (video > 0) {
      ByteBuffer part = VIDEO.duplicate().limit((int) Math.min(video, VIDEO.capacity()));
      video -= channel.write(part);
      if (part.hasRemaining()) return false;
    }
    return true;
  }
}
