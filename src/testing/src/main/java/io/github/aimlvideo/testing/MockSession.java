package io.github.aimlvideo.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** A session of the mock, with its own base URL, scripts and recorded creates. */
final class MockSession {
  private static final MediaType JSON = MediaType.get("application/json");

  private final MockServer server;
  private final String baseUrl;

  MockSession(MockServer server, String name) {
    this.server = server;
    this.baseUrl = server.url() + "/sessions/" + name;
  }

  String baseUrl() {
    return baseUrl;
  }

  void add(GenerationScript script) {
    send("POST", "/mock/scripts", RequestBody.create(script.toString(), JSON));
  }

  void use(AccountScript account) {
    send("PUT", "/mock/account", RequestBody.create(account.toString(), JSON));
  }

  /** The scripts that no create has used, in JSON. */
  List<String> unusedScripts() {
    return list("/mock/scripts").map(JsonElement::toString).toList();
  }

  List<RecordedCreate> creates() {
    return list("/mock/creates").map(element -> create(element.getAsJsonObject())).toList();
  }

  void reset() {
    send("DELETE", "/mock", null);
  }

  private static RecordedCreate create(JsonObject json) {
    JsonElement clientRequestId = json.get("clientRequestId");
    return new RecordedCreate(
        json.get("model").getAsString(),
        json.getAsJsonObject("body"),
        Optional.ofNullable(clientRequestId).map(JsonElement::getAsString),
        json.get("generationId").getAsString());
  }

  private Stream<JsonElement> list(String path) {
    JsonArray array = JsonParser.parseString(send("GET", path, null)).getAsJsonArray();
    return StreamSupport.stream(array.spliterator(), false);
  }

  private String send(String method, String path, @Nullable RequestBody body) {
    Request request = new Request.Builder().url(baseUrl + path).method(method, body).build();
    try (Response response = server.http().newCall(request).execute()) {
      String text = response.body().string().strip();
      if (!response.isSuccessful()) {
        throw new IllegalStateException("the mock rejected " + method + " " + path + ": " + text);
      }
      return text;
    } catch (IOException e) {
      throw new IllegalStateException(server.state() + ": " + e.getMessage(), e);
    }
  }
}
