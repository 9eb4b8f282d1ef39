package io.github.aimlvideo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A server on loopback whose responses a test enqueues. */
final class Server implements AutoCloseable {
  static final String ID = "nJ8Xcj0YCh8jZL1noqiZH";

  final MockWebServer web = new MockWebServer();
  final FakeScheduler scheduler = new FakeScheduler();

  Server() {
    try {
      web.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return web.url("/").toString();
  }

  /**
   * A client of this server in fake time that polls every 15 s, attempts each step once and does
   * not search the logs.
   */
  VideoClientBuilder client() {
    return VideoClient.builder()
        .apiKey("key-of-the-tests")
        .baseUrl(url())
        .scheduler(scheduler)
        .pollPolicy(PollPolicy.EVERY_15_SECONDS)
        .retryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(1))
        .recoveryTimeout(Duration.ZERO);
  }

  Server respond(String body) {
    return respond(200, body);
  }

  Server respond(int code, String body) {
    return respond(new MockResponse.Builder().code(code).body(body));
  }

  Server respond(MockResponse.Builder response) {
    web.enqueue(response.build());
    return this;
  }

  Server status(String status) {
    return respond("{\"id\":\"" + ID + "\",\"status\":\"" + status + "\"}");
  }

  Server completed(String url) {
    return respond(
        "{\"id\":\"" + ID + "\",\"status\":\"completed\",\"video\":{\"url\":\"" + url + "\"}}");
  }

  /** The next request that the server received; fails if there is none. */
  RecordedRequest request() {
    try {
      RecordedRequest request = web.takeRequest(5, TimeUnit.SECONDS);
      if (request == null) throw new AssertionError("no request was received");
      return request;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  JsonObject requestJson() {
    return JsonParser.parseString(request().getBody().utf8()).getAsJsonObject();
  }

  @Override
  public void close() {
    web.close();
    scheduler.close();
  }
}
