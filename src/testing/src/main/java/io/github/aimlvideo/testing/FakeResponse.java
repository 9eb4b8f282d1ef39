package io.github.aimlvideo.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.math.BigDecimal;
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

  /** With an ETag; 304 if the client has it. */
  static FakeResponse tagged(JsonElement json, @Nullable String known) {
    String etag = "\"" + Integer.toHexString(json.hashCode()) + "\"";
    Map<String, String> headers = Map.of("Content-Type", "application/json", "ETag", etag);
    if (etag.equals(known)) return new FakeResponse(304, headers, new byte[0]);
    return new FakeResponse(200, headers, bytes(json.toString()));
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

  /** The response to a create that costs so many US dollars. */
  static FakeResponse created(String id, BigDecimal cost) {
    JsonObject amount = FakeAccount.amount(cost);
    JsonObject usage = new JsonObject();
    usage.add("credits_used", amount.get("credits"));
    JsonObject meta = new JsonObject();
    meta.add("usage", usage);
    JsonObject created = new JsonObject();
    created.addProperty("id", id);
    created.addProperty("status", "queued");
    created.add("meta", meta);
    Map<String, String> headers =
        Map.of(
            "Content-Type", "application/json",
            "x-aimlapi-credits-used", amount.get("credits").getAsString(),
            "x-aimlapi-usd-spent", amount.get("usd").getAsString());
    return new FakeResponse(200, headers, bytes(created.toString()));
  }

  static FakeResponse insufficientCredits() {
    String body =
        "{'title': 'Forbidden', 'status': 403, 'message': 'You have run out of credits.',"
            + " 'timestamp': '1970-01-01T00:00:00Z', 'error': {'name': 'ForbiddenException',"
            + " 'message': 'You have run out of credits.',"
            + " 'data': {'kind': 'err_insufficent_credits'}}}";
    JsonObject error = JsonParser.parseString(body).getAsJsonObject();
    return new FakeResponse(403, json(error).headers, bytes(error.toString()));
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
