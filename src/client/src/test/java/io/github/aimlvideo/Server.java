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

/** A server on loopback whose answers a test lines up. */
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
   * A client of this server in fake time, that looks every 15 s, tries once and looks nothing up.
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

  Server answer(String body) {
    return answer(200, body);
  }

  Server answer(int code, String body) {
    return answer(new MockResponse.Builder().code(code).body(body));
  }

  Server answer(MockResponse.Builder response) {
    web.enqueue(response.build());
    return this;
  }

  Server status(String status) {
    return answer("{\"id\":\"" + ID + "\",\"status\":\"" + status + "\"}");
  }

  Server completed(String url) {
    return answer(
        "{\"id\":\"" + ID + "\",\"status\":\"completed\",\"video\":{\"url\":\"" + url + "\"}}");
  }

  /** The next request that came; fails if there is none. */
  RecordedRequest request() {
    try {
      RecordedRequest request = web.takeRequest(5, TimeUnit.SECONDS);
      if (request == null) throw new AssertionError("no request came");
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
