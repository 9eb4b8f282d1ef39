package io.github.aimlvideo.cli.studio.http;

import com.google.gson.JsonElement;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the page gets. */
public interface Response {
  /** Sends status, headers and body; the exchange is closed by the caller. */
  void send(HttpExchange exchange) throws IOException;

  /** A JSON object. */
  static Response json(int status, JsonElement json) {
    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
    return new Content(status, "application/json", body, Map.of());
  }

  /** Bytes of a media type. */
  static Content bytes(String type, byte[] body) {
    return new Content(200, type, body, Map.of());
  }

  /** The value of a header by which a browser saves a file of this name. */
  static String attachment(String file) {
    String encoded = URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename*=UTF-8''" + encoded;
  }

  /** A body in memory. */
  record Content(int status, String type, byte[] body, Map<String, String> headers)
      implements Response {
    /** The same, which a browser need not ask for again. */
    public Content immutable() {
      Map<String, String> forever = Map.of("Cache-Control", "private, max-age=31536000, immutable");
      return new Content(status, type, body, forever);
    }

    @Override
    public void send(HttpExchange exchange) throws IOException {
      exchange.getResponseHeaders().set("Content-Type", type);
      headers.forEach(exchange.getResponseHeaders()::set);
      boolean isEmpty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, isEmpty ? -1 : body.length);
      if (isEmpty) return; // the exchange has ended
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }
}
