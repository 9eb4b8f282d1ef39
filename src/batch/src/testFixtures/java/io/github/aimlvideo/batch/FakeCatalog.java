package io.github.aimlvideo.batch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;

/** The catalogue of a server: one model, whose price is variable at first. */
public final class FakeCatalog {
  private static final String MODEL = "kling-video/v1/standard/image-to-video";

  public final AtomicInteger requests = new AtomicInteger();

  private volatile String pricing = "{\"kind\":\"variable\"}";
  private volatile MockResponse failure;
  private volatile String balance = "100";

  /** Each video costs so much in US dollars; 0.00005 are 100 credits. */
  public void setPrice(String usd) {
    pricing =
        "{\"kind\":\"fixed\",\"currency\":\"USD\",\"units\":[{\"name\":\"video\",\"price\":%s,\"per\":1}]}"
            .formatted(usd);
  }

  /** A video of five seconds costs so much; for others there is no price. */
  public void setPriceOfFiveSeconds(String usd) {
    pricing =
        "{\"kind\":\"variants\",\"currency\":\"USD\",\"dimensions\":[\"duration\"],\"variants\":"
            + "[{\"when\":{\"duration\":5},\"price\":%s,\"unit\":\"video\",\"per\":1}]}"
                .formatted(usd);
  }

  /** The balance of the account in US dollars; null if it cannot be read. */
  public void setBalance(String usd) {
    balance = usd;
  }

  MockResponse balance() {
    if (balance == null) return new MockResponse.Builder().code(404).build();
    String body = "{\"current_balance\":" + balance + ",\"currency\":\"USD\"}";
    return new MockResponse.Builder().body(body).build();
  }

  /** The price is not known before. */
  public void setVariable() {
    pricing = "{\"kind\":\"variable\"}";
  }

  /** Responds with a status instead; 0 responds as usual. */
  public void setStatus(int status) {
    failure = status == 0 ? null : new MockResponse.Builder().code(status).build();
  }

  /** Responds with something else. */
  public void setBody(String body) {
    failure = new MockResponse.Builder().body(body).build();
  }

  /** Responds after a minute. */
  public void setSlow() {
    failure = new MockResponse.Builder().headersDelay(1, TimeUnit.MINUTES).body("{}").build();
  }

  MockResponse respond() {
    requests.incrementAndGet();
    MockResponse failing = failure;
    if (failing != null) return failing;
    String model =
        "{\"id\":\"%s\",\"aliases\":[],\"type\":\"internal/video-generations/submit\",\"info\":{\"name\":\"Kling\"},\"tags\":[],\"pricing\":%s}";
    String body = "{\"object\":\"list\",\"data\":[" + model.formatted(MODEL, pricing) + "]}";
    return new MockResponse.Builder()
        .setHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }
}
