package io.github.aimlvideo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.internal.core.ClientConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A server on loopback whose responses a test enqueues. */
public final class Server implements AutoCloseable {
  public static final String ID = "nJ8Xcj0YCh8jZL1noqiZH";

  public final MockWebServer web = new MockWebServer();
  public final FakeScheduler scheduler = new FakeScheduler();

  public Server() {
    try {
      web.setServerSocketFactory(new PromptSockets());
      web.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return web.url("/").toString();
  }

  /**
   * A client of this server in fake time that polls every 15 s, attempts each step once and does
   * not search the logs.
   */
  public VideoClientBuilder client() {
    return clientInSystemTime().scheduler(scheduler);
  }

  /** The same in the system's time. */
  public VideoClientBuilder clientInSystemTime() {
    return VideoClient.builder()
        .apiKey("key-of-the-tests")
        .baseUrl(url())
        .pollPolicy(PollPolicy.EVERY_15_SECONDS)
        .retryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(1))
        .recoveryTimeout(Duration.ZERO);
  }

  /** The settings of a client, for tests of its parts. */
  public static ClientConfig config(String url) {
    return new ClientConfig(
        "key-of-the-tests",
        ClientConfig.checkedBaseUrl(url),
        PollPolicy.EVERY_15_SECONDS,
        RetryPolicy.DEFAULT.withMaxAttempts(1),
        Duration.ZERO,
        Duration.ofHours(1),
        1 << 20,
        16,
        false,
        null,
        null,
        null,
        null,
        null);
  }

  public Server respond(String body) {
    return respond(200, body);
  }

  public Server respond(int code, String body) {
    return respond(new MockResponse.Builder().code(code).body(body));
  }

  public Server respond(MockResponse.Builder response) {
    web.enqueue(response.build());
    return this;
  }

  public Server status(String status) {
    return respond("{\"id\":\"" + ID + "\",\"status\":\"" + status + "\"}");
  }

  public Server completed(String url) {
    return respond(
        "{\"id\":\"" + ID + "\",\"status\":\"completed\",\"video\":{\"url\":\"" + url + "\"}}");
  }

  /** The next request that the server received; fails if there is none. */
  public RecordedRequest request() {
    try {
      RecordedRequest request = web.takeRequest(5, TimeUnit.SECONDS);
      if (request == null) throw new AssertionError("no request was received");
      return request;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public JsonObject requestJson() {
    return JsonParser.parseString(request().getBody().utf8()).getAsJsonObject();
  }

  @Override
  public void close() {
    web.close();
    scheduler.close();
  }
}
