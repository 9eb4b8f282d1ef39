package io.github.aimlvideo.bench.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** An answer on its way: some bytes, and perhaps a film after them. */
final class Answer {
  private static final ByteBuffer FILM = ByteBuffer.allocateDirect(1 << 20);

  static {
    FILM.put(4, new byte[] {'f', 't', 'y', 'p', 'i', 's', 'o', 'm'});
  }

  private final ByteBuffer begin;
  private long film;

  private Answer(String head, String body, long film) {
    this.begin = ByteBuffer.wrap((head + body).getBytes(StandardCharsets.ISO_8859_1));
    this.film = film;
  }

  /** Bodies are ASCII, so their length is their number of characters. */
  static Answer json(int status, String body) {
    return new Answer(head(status, "application/json; charset=utf-8", body.length()), body, 0);
  }

  static Answer film(long bytes) {
    return new Answer(head(200, "video/mp4", bytes), "", bytes);
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
    while (film > 0) {
      ByteBuffer part = FILM.duplicate().limit((int) Math.min(film, FILM.capacity()));
      film -= channel.write(part);
      if (part.hasRemaining()) return false;
    }
    return true;
  }
}
