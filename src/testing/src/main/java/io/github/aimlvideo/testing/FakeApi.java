package io.github.aimlvideo.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.sun.net.httpserver.HttpExchange;
import io.github.aimlvideo.UntypedVideoRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The API as the mock plays it, with one session and in fake time. Safe for use by many threads.
 */
final class FakeApi {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");
  private static final int LONG_TEXT = 10_000;

  private final FakeTime time;
  private final byte[] video;
  private final Deque<FakeGeneration> scripts = new ArrayDeque<>();

  /** Of creates that failed, each with its client request id; the client may retry. */
  private final List<Map.Entry<String, FakeGeneration>> failed = new ArrayList<>();

  private final Map<String, FakeGeneration> generations = new LinkedHashMap<>();
  private final FakeCatalog catalog = new FakeCatalog();
  private final FakeAccount account = new FakeAccount();
  private final FakeAccountApi accountApi;

  FakeApi(FakeTime time) {
    this.time = time;
    accountApi = new FakeAccountApi(time, account, catalog, this::generations);
    try {
      video = MockFiles.content("mock/sample.mp4");
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the video of the fake: " + e.getMessage(), e);
    }
  }

  synchronized void add(GenerationScript script) {
    scripts.add(new FakeGeneration(script));
  }

  void use(AccountScript script) {
    synchronized (account) {
      account.use(script);
    }
  }

  private synchronized List<FakeGeneration> generations() {
    return List.copyOf(generations.values());
  }

  synchronized List<RecordedCreate> creates() {
    return generations.values().stream().map(FakeGeneration::create).toList();
  }

  void handle(HttpExchange exchange) throws IOException {
    String host = "http://" + exchange.getRequestHeaders().getFirst("Host");
    HttpUrl url = HttpUrl.get(host + exchange.getRequestURI());
    String path = url.encodedPath();
    boolean get = exchange.getRequestMethod().equals("GET");
    FakeResponse response;
    if (path.matches("/v2/(video/generations|generate/video/kling/generation)")) {
      response = get ? poll(url) : create(exchange);
    } else if (get && FakeAccountApi.serves(url)) {
      response = accountApi.respond(url, exchange.getRequestHeaders().getFirst("If-None-Match"));
    } else if (path.equals("/sample.mp4")) {
      response = download(exchange, url);
    } else {
      response = FakeResponse.error(404, "no " + path);
    }
    FakeResponse.send(exchange, response);
  }

  private @Nullable FakeResponse create(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    JsonObject request;
    try {
      request = JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
      List<String> violations = UntypedVideoRequest.of(request).violations();
      if (!violations.isEmpty()) return FakeResponse.error(400, String.join("; ", violations));
    } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
      return FakeResponse.error(400, "the body is not a request: " + e.getMessage());
    }
    String clientRequestId = exchange.getRequestHeaders().getFirst("X-Client-Request-Id");
    FakeGeneration generation = take(clientRequestId);
    time.pause(generation.latency());
    return created(generation, clientRequestId, request);
  }

  private synchronized FakeGeneration take(@Nullable String clientRequestId) {
    for (Map.Entry<String, FakeGeneration> create : failed) {
      if (create.getKey().equals(String.valueOf(clientRequestId)) && failed.remove(create)) {
        return create.getValue();
      }
    }
    FakeGeneration next = scripts.poll();
    return next == null ? new FakeGeneration(GenerationScript.completed()) : next;
  }

  private synchronized @Nullable FakeResponse created(
      FakeGeneration generation, @Nullable String clientRequestId, JsonObject request) {
    JsonObject error = generation.nextError("create");
    String kind = error == null ? "" : error.get("error").getAsString();
    if (error != null && !kind.equals("response lost")) {
      failed.add(Map.entry(String.valueOf(clientRequestId), generation));
      return kind.equals("rejected") ? FakeResponse.rejected(error) : null;
    }
    BigDecimal cost;
    synchronized (account) {
      cost = generation.cost(catalog.cost(request, account.prices()));
      if (!account.covers(cost)) {
        failed.add(Map.entry(String.valueOf(clientRequestId), generation));
        return FakeResponse.insufficientCredits();
      }
    }
    String id = "fake-generation-" + (generations.size() + 1);
    generation.created(
        new RecordedCreate(
            request.get("model").getAsString(),
            shortened(request).getAsJsonObject(),
            Optional.ofNullable(clientRequestId),
            id),
        cost,
        time.nanoTime());
    generations.put(id, generation);
    synchronized (account) {
      account.charge(generation);
    }
    return error == null ? FakeResponse.created(id, cost) : null;
  }

  private static JsonElement shortened(JsonElement json) {
    if (json instanceof JsonObject object) {
      JsonObject result = new JsonObject();
      object.entrySet().forEach(entry -> result.add(entry.getKey(), shortened(entry.getValue())));
      return result;
    }
    if (json instanceof JsonArray array) {
      JsonArray result = new JsonArray();
      array.forEach(element -> result.add(shortened(element)));
      return result;
    }
    boolean isLong =
        json instanceof JsonPrimitive text
            && text.isString()
            && text.getAsString().length() > LONG_TEXT;
    return isLong ? new JsonPrimitive(json.getAsString().substring(0, 1000)) : json;
  }

  private @Nullable FakeGeneration find(@Nullable String id) {
    synchronized (this) {
      return generations.get(id);
    }
  }

  private FakeResponse poll(HttpUrl url) {
    FakeGeneration generation = find(url.queryParameter("generation_id"));
    if (generation == null) return FakeResponse.error(404, "Inference not found");
    time.pause(generation.latency());
    String id = generation.create().generationId();
    String link =
        Objects.requireNonNull(url.resolve("/sample.mp4"))
            .newBuilder()
            .addQueryParameter("generation", id)
            .toString();
    synchronized (this) {
      JsonObject error = generation.nextError("polls");
      FakeResponse response = FakeResponse.json(generation.stateAt(time.nanoTime(), link));
      if (error == null) return response;
      return switch (error.get("error").getAsString()) {
        case "rejected" -> FakeResponse.rejected(error);
        case "garbled" -> FakeResponse.html("<html><body>Bad gateway</body></html>");
        default -> response.truncated();
      };
    }
  }

  private FakeResponse download(HttpExchange exchange, HttpUrl url) {
    FakeGeneration generation = find(url.queryParameter("generation"));
    JsonObject error;
    synchronized (this) {
      error = generation == null ? null : generation.nextError("downloads");
    }
    if (error != null && error.get("error").getAsString().equals("rejected")) {
      return FakeResponse.rejected(error);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "video/mp4");
    headers.put("ETag", "\"sample\"");
    Matcher range =
        RANGE.matcher(
            Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Range"), ""));
    int from = range.matches() ? Integer.parseInt(range.group(1)) : 0;
    headers.put("Content-Range", "bytes " + from + "-" + (video.length - 1) + "/" + video.length);
    if (from == 0) headers.remove("Content-Range");
    FakeResponse response =
        new FakeResponse(
            from == 0 ? 200 : 206, headers, Arrays.copyOfRange(video, from, video.length));
    return error == null ? response : response.truncated();
  }
}
