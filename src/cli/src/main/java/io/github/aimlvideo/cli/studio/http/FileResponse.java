package io.github.aimlvideo.cli.studio.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file, or the part of it that a browser asks for when somebody seeks in a video (RFC 9110, 14).
 *
 * @param attachment the name under which it is saved; null to show it
 */
public record FileResponse(Path file, String type, @Nullable String attachment)
    implements Response {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  @Override
  public void send(HttpExchange exchange) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      Headers headers = exchange.getResponseHeaders();
      headers.set("Accept-Ranges", "bytes");
      headers.set("Content-Type", type);
      if (attachment != null) headers.set("Content-Disposition", Response.attachment(attachment));
      Range range = range(exchange.getRequestHeaders().getFirst("Range"), size);
      if (range.length() <= 0 && size > 0) {
        headers.set("Content-Range", "bytes */" + size);
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      if (range.isPart()) headers.set("Content-Range", range + "/" + size);
      exchange.sendResponseHeaders(range.isPart() ? 206 : 200, size == 0 ? -1 : range.length());
      if (size == 0) return; // the exchange has ended
      try (InputStream in = Channels.newInputStream(channel.position(range.first()));
          OutputStream out = exchange.getResponseBody()) {
        copy(in, out, range.length());
      }
    }
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) return; // the browser sees that it is incomplete
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  /** A part of the file; one that is empty cannot be satisfied. */
  private record Range(long first, long length, boolean isPart) {
    @Override
    public String toString() {
      return "bytes " + first + "-" + (first + length - 1);
    }
  }

  /** A header of another form, such as several ranges, is ignored, as a server may do. */
  private static Range range(@Nullable String header, long size) {
    Matcher range = RANGE.matcher(header == null ? "" : header.strip());
    boolean isEmpty = size == 0 || "bytes=-".equals(header);
    if (!range.matches() || isEmpty) {
      return new Range(0, size, false);
    }
    if (range.group(1).isEmpty()) {
      long last = Math.min(Long.parseLong(range.group(2)), size);
      return new Range(size - last, last, true);
    }
    long first = Long.parseLong(range.group(1));
    boolean toEnd = range.group(2).isEmpty();
    long last = toEnd ? size - 1 : Long.parseLong(range.group(2));
    if (last < first && !toEnd) return new Range(0, size, false); // not a valid range
    return new Range(first, Math.min(last, size - 1) - first + 1, true);
  }
}
