package io.github.aimlvideo.batch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;

/**
 * The API as a batch uses it. A create costs 100 credits, and its generation is completed at the
 * second poll. Words in the prompt change that: {@code fails}, {@code hangs}, {@code rejected};
 * {@code lost} and {@code vanished} creates are accepted without a response, the latter also
 * without a log entry.
 */
public final class FakeApi implements AutoCloseable {
  public final MockWebServer web = new MockWebServer();

  /** The prompts of accepted creates, in order. */
  public final List<String> accepted = new CopyOnWriteArrayList<>();

  /** The bodies of all creates, in order. */
  public final List<JsonObject> bodies = new CopyOnWriteArrayList<>();

  /** The generations that run, and how many did at most. */
  public final AtomicInteger inFlight = new AtomicInteger();

  public final AtomicInteger maxInFlight = new AtomicInteger();

  /** When the logs were requested, in nanoseconds. */
  public final List<Long> logRequests = new CopyOnWriteArrayList<>();

  /** Which accepted creates get no response. */
  public volatile Predicate<String> lost =
      prompt -> prompt.contains("lost") || prompt.contains("vanished");

  public final AtomicInteger creates = new AtomicInteger();
  public final AtomicInteger downloads = new AtomicInteger();

  /** The response to a create instead of the usual one, unless it returns null. */
  public volatile Function<String, MockResponse> before = prompt -> null;

  /** How many polls get no response. */
  public final AtomicInteger lostPolls = new AtomicInteger();

  /** The poll that finds a generation completed. */
  public volatile int polls = 2;

  /** Whether generations whose prompt says so never end. */
  public volatile boolean hangs = true;

  public volatile String video = "video";

  /** Models and prices. */
  public final FakeCatalog catalog = new FakeCatalog();

  /** What a create costs, as JSON. */
  public volatile String credits = "100";

  /** The response of the logs instead of the usual one, unless it is null. */
  public volatile String logs;

  /** Runs before each response of the logs. */
  public volatile Runnable beforeLogs = () -> {};

  /** Whether requests of the logs get no response. */
  public volatile boolean lostLogs;

  public final FakeLedger ledger = new FakeLedger();

  private final Map<String, Generation> generations =
      Collections.synchronizedMap(new LinkedHashMap<>());

  private static final class Generation {
    final String prompt;
    final String clientRequestId;
    int polls;
    boolean ended;

    Generation(String prompt, String clientRequestId) {
      this.prompt = prompt;
      this.clientRequestId = clientRequestId;
    }
  }

  public FakeApi() {
    web.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return respond(request);
          }
        });
    try {
      web.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + web.getPort();
  }

  private MockResponse respond(RecordedRequest request) {
    String path = request.getUrl().encodedPath();
    if (path.equals("/video.mp4")) {
      downloads.incrementAndGet();
      return new MockResponse.Builder().body(video).build();
    }
    if (path.equals("/v1/models")) return catalog.respond();
    if (path.equals("/v2/billing")) return ledger.dated(catalog.balance());
    if (path.equals("/v2/billing/transactions")) return ledger.respond(request.getUrl());
    if (path.equals("/v2/logs")) {
      logRequests.add(System.nanoTime());
      beforeLogs.run();
      if (lostLogs) return noResponse();
      return logs == null
          ? json(logs(request.getUrl()))
          : new MockResponse.Builder().body(logs).build();
    }
    if (request.getMethod().equals("POST")) return create(request);
    if (lostPolls.getAndUpdate(left -> Math.max(0, left - 1)) > 0) return noResponse();
    return json(poll(request.getUrl().queryParameter("generation_id")));
  }

  private MockResponse create(RecordedRequest request) {
    creates.incrementAndGet();
    JsonObject body = JsonParser.parseString(request.getBody().utf8()).getAsJsonObject();
    bodies.add(body);
    String prompt = body.has("prompt") ? body.get("prompt").getAsString() : "";
    MockResponse first = before.apply(prompt);
    if (first != null) return first;
    if (prompt.contains("rejected")) return problem(400, "duration is wrong");
    String clientRequestId = request.getHeaders().get("X-Client-Request-Id");
    String id = accept(prompt, clientRequestId);
    if (lost.test(prompt)) return noResponse();
    JsonObject response = generation(id, "queued");
    String meta = ",\"meta\":{\"usage\":{\"credits_used\":" + credits + "}}}";
    return new MockResponse.Builder().body(response.toString().replaceFirst("}$", meta)).build();
  }

  /** A generation begins; returns its id. */
  public String accept(String prompt, String clientRequestId) {
    synchronized (generations) {
      accepted.add(prompt);
      String id = "id-" + accepted.size();
      generations.put(id, new Generation(prompt, clientRequestId));
      maxInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
      return id;
    }
  }

  /** The most requests of the logs within a minute. */
  public int maxLogRequestsPerMinute() {
    List<Long> times = logRequests.stream().sorted().toList();
    int most = 0;
    for (int first = 0, last = 0; last < times.size(); last++) {
      while (times.get(last) - times.get(first) >= TimeUnit.MINUTES.toNanos(1)) first++;
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private static MockResponse noResponse() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
  }

  private JsonObject poll(String id) {
    Generation generation = generations.get(id);
    synchronized (generation) {
      boolean ended =
          ++generation.polls >= polls && !(hangs && generation.prompt.contains("hangs"));
      if (!ended) return generation(id, "generating");
      if (!generation.ended) inFlight.decrementAndGet();
      generation.ended = true;
    }
    if (generation.prompt.contains("fails")) {
      JsonObject response = generation(id, "error");
      JsonObject error = new JsonObject();
      error.addProperty("name", "unsafe");
      error.addProperty("message", "the image is <unsafe>");
      response.add("error", error);
      return response;
    }
    JsonObject response = generation(id, "completed");
    JsonObject video = new JsonObject();
    video.addProperty("url", url() + "/video.mp4");
    response.add("video", video);
    return response;
  }

  private static JsonObject generation(String id, String status) {
    JsonObject response = new JsonObject();
    response.addProperty("id", id);
    response.addProperty("status", status);
    return response;
  }

  /** The newest first, in pages. */
  private JsonObject logs(HttpUrl url) {
    List<JsonObject> all = new ArrayList<>();
    synchronized (generations) {
      generations.forEach(
          (id, generation) -> {
            if (generation.prompt.contains("vanished")) return;
            JsonObject row = new JsonObject();
            row.addProperty("inference_id", id);
            row.addProperty("status", generation.prompt.contains("fails") ? "failed" : "succeeded");
            row.addProperty("client_request_id", generation.clientRequestId);
            all.add(0, row);
          });
    }
    int offset = number(url, "offset", 0);
    int end = Math.min(all.size(), offset + number(url, "limit", 50));
    JsonArray rows = new JsonArray();
    all.subList(Math.min(offset, end), end).forEach(rows::add);
    JsonObject page = new JsonObject();
    page.addProperty("has_more", end < all.size());
    JsonObject response = new JsonObject();
    response.add("data", rows);
    response.add("pagination", page);
    return response;
  }

  private static int number(HttpUrl url, String parameter, int otherwise) {
    String value = url.queryParameter(parameter);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  public static MockResponse problem(int code, String message) {
    JsonObject body = new JsonObject();
    body.addProperty("message", message);
    return new MockResponse.Builder().code(code).body(body.toString()).build();
  }

  private static MockResponse json(JsonObject body) {
    return new MockResponse.Builder().body(body.toString()).build();
  }

  @Override
  public void close() {
    web.close();
  }
}
