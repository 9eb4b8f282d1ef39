package io.github.aimlvideo.cli.studio.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;

/** Reads the body of a request as far as its bound. */
public final class RequestBody {
  /** A browser sends all of a body before it reads why that was refused. */
  private static final long MAX_DISCARDED = 4L << 30;

  private static final int BUFFER = 1 << 16;

  private RequestBody() {}

  /**
   * The whole body.
   *
   * @param what for the message, such as {@code fox.jpg}
   * @throws HttpFailure if it has more than {@code max} bytes
   */
  public static byte[] read(HttpExchange exchange, int max, String what) throws IOException {
    InputStream in = exchange.getRequestBody();
    boolean isLarge = length(exchange) > max;
    byte[] body = isLarge ? new byte[0] : in.readNBytes(max + 1);
    if (!isLarge && body.length <= max) return body;
    discard(in);
    throw new HttpFailure(413, what + " has more than " + (max >> 20) + " MB");
  }

  private static long length(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    return length == null ? 0 : Long.parseLong(length); // the server has checked it
  }

  private static void discard(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = MAX_DISCARDED;
    while (left > 0) {
      int read = in.read(buffer);
      if (read < 0) return;
      left -= read;
    }
  }
}
