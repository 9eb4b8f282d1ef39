package io.github.aimlvideo.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response of the fake.
 *
 * @param length how much of the body is sent before the connection breaks
 */
record FakeResponse(int status, Map<String, String> headers, byte[] body, int length) {
  FakeResponse(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, body, body.length);
  }

  static FakeResponse json(JsonElement json) {
    return new FakeResponse(
        200, Map.of("Content-Type", "application/json"), bytes(json.toString()));
  }

  static FakeResponse html(String page) {
    return new FakeResponse(200, Map.of("Content-Type", "text/html"), bytes(page));
  }

  static FakeResponse error(int status, String message) {
    JsonObject error = new JsonObject();
    error.addProperty("statusCode", String.valueOf(status));
    error.addProperty("message", message);
    error.addProperty("timestamp", Instant.EPOCH.toString()); // tells it from a proxy's error
    return new FakeResponse(
        status, Map.of("Content-Type", "application/json"), bytes(error.toString()));
  }

  /** A rejection as a script describes it. */
  static FakeResponse rejected(JsonObject script) {
    FakeResponse error =
        error(script.get("status").getAsInt(), "Rejected by the script of the test");
    if (!script.has("retryAfter")) return error;
    Map<String, String> retryAfter = Map.of("Retry-After", script.get("retryAfter").getAsString());
    return new FakeResponse(error.status, retryAfter, error.body);
  }

  /** The same without its second half. */
  FakeResponse truncated() {
    return new FakeResponse(status, headers, body, length / 2);
  }

  /** Sends it; null breaks the connection without a response. */
  static void send(HttpExchange exchange, @Nullable FakeResponse response) throws IOException {
    try (exchange) {
      if (response == null) return;
      response.headers.forEach(exchange.getResponseHeaders()::set);
      int total = response.body.length;
      exchange.sendResponseHeaders(response.status, total == 0 ? -1 : total);
      exchange.getResponseBody().write(response.body, 0, response.length);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
