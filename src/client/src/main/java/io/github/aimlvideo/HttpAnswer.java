package io.github.aimlvideo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the API. {@code failure} is why its body could not be read to the end, else null.
 */
record HttpAnswer(
    String method,
    String path,
    int status,
    Headers headers,
    String body,
    @Nullable IOException failure) {
  /** The API's answers are a few hundred bytes; more than this is no answer of the API. */
  private static final long MOST_BYTES = 8L << 20;

  /** What stands before the key in its header. */
  static final String BEARER = "Bearer ";

  /** What is shorter may stand in a body by chance. */
  private static final int SHORTEST = BEARER.length() + 8;

  /** Status and headers, and a body that has not come yet. */
  static HttpAnswer head(Response response) {
    return new HttpAnswer(
        response.request().method(),
        response.request().url().encodedPath(),
        response.code(),
        response.headers(),
        "",
        null);
  }

  /** The same with its body, as far as it comes. */
  HttpAnswer withBody(Response response) {
    try {
      String text = withoutKey(text(response), response.request());
      return new HttpAnswer(method, path, status, headers, text, null);
    } catch (IOException e) {
      return broken(e);
    }
  }

  /** The same without the rest of its body. */
  HttpAnswer broken(IOException why) {
    return new HttpAnswer(method, path, status, headers, body, why);
  }

  /** A server that repeats the key must not bring it into messages and logs. */
  private static String withoutKey(String body, Request request) {
    String authorization = request.header("Authorization");
    if (authorization == null || authorization.length() < SHORTEST) return body;
    return body.replace(authorization.substring(BEARER.length()), "(the key)");
  }

  private static String text(Response response) throws IOException {
    BufferedSource source = response.body().source();
    if (source.request(MOST_BYTES + 1)) throw new IOException("an answer of more than 8 MiB");
    return source.readUtf8();
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }

  /** Whether asking again will not change it; 404 may be another matter where something is new. */
  boolean isFinal() {
    return status == 400 || status == 401 || status == 403 || status == 404;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).filter(value -> !value.isBlank());
  }

  /** The request id of either error envelope, for the vendor's support. */
  Optional<String> requestId() {
    return error()
        .map(error -> error.get("requestId"))
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsString);
  }

  /** The message of either error envelope, or the beginning of whatever came. */
  String message() {
    return error()
        .map(error -> texts(error.get("message")))
        .filter(text -> !text.isEmpty())
        .orElse(shorten(body));
  }

  private Optional<JsonObject> error() {
    try {
      return Optional.of(JsonParser.parseString(body))
          .filter(JsonElement::isJsonObject)
          .map(JsonElement::getAsJsonObject);
    } catch (JsonParseException html) {
      return Optional.empty();
    }
  }

  /** A message is a string or an array of strings. */
  private static String texts(@Nullable JsonElement message) {
    List<String> texts = new ArrayList<>();
    if (message instanceof JsonArray array) array.forEach(text -> texts.add(texts(text)));
    else if (message != null && message.isJsonPrimitive()) texts.add(message.getAsString());
    return String.join("; ", texts);
  }

  /** One line, 200 characters at most. */
  static String shorten(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }
}
