package io.github.aimlvideo.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The mock or the fake, and what its account says. */
abstract class Backend {
  static final String KLING = "kling-video/v1/standard/image-to-video";
  static final String LEDGER = "/v2/billing/transactions";
  static final String CHARGES = LEDGER + "?direction=CHARGE";
  private static final OkHttpClient HTTP = new OkHttpClient();

  static Backend of(VideoApiMockExtension mock) {
    return new Backend() {
      @Override
      String baseUrl() {
        return mock.baseUrl();
      }

      @Override
      String create(VideoRequest request) {
        try (VideoClient client = mock.clientBuilder().build()) {
          return client.create(request).id();
        }
      }

      @Override
      void nextGeneration(GenerationScript script) {
        mock.nextGeneration(script);
      }

      @Override
      void use(AccountScript account) {
        mock.useAccount(account);
      }

      @Override
      void pass(Duration moment) {} // time passes by itself
    };
  }

  static Backend of(FakeVideoClient fake) {
    return new Backend() {
      @Override
      String baseUrl() {
        return ((FakeCalls) Proxy.getInvocationHandler(fake)).url();
      }

      @Override
      String create(VideoRequest request) {
        return fake.create(request).id();
      }

      @Override
      void nextGeneration(GenerationScript script) {
        fake.nextGeneration(script);
      }

      @Override
      void use(AccountScript account) {
        fake.useAccount(account);
      }

      @Override
      void pass(Duration moment) {
        fake.advance(moment);
      }
    };
  }

  abstract String baseUrl();

  /** Creates a generation and returns its id. */
  abstract String create(VideoRequest request);

  abstract void nextGeneration(GenerationScript script);

  abstract void use(AccountScript account);

  /** Lets a moment pass where time does not pass by itself. */
  abstract void pass(Duration moment);

  String create() {
    return create(kling());
  }

  static KlingVideoV1StandardImageToVideoRequest kling() {
    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(Image.url("https://example.com/mona-lisa.png"));
  }

  /** The charges without their times, the newest first. */
  List<JsonObject> charges() throws IOException {
    List<JsonObject> charges = list(CHARGES);
    charges.forEach(charge -> charge.remove("created_at"));
    return charges;
  }

  BigDecimal balance() throws IOException {
    return body("/v2/billing").get("current_balance").getAsBigDecimal();
  }

  static String usd(JsonObject entry) {
    return entry.getAsJsonObject("amount").get("usd").getAsBigDecimal().toPlainString();
  }

  /** The data of a page. */
  List<JsonObject> list(String path) throws IOException {
    return list(body(path));
  }

  static List<JsonObject> list(JsonObject page) {
    return StreamSupport.stream(page.getAsJsonArray("data").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  /** The page after this one. */
  JsonObject next(String path, JsonObject page) throws IOException {
    return body(path + "&cursor=" + encodedCursor(page));
  }

  static String encodedCursor(JsonObject page) {
    return encoded(page.getAsJsonObject("pagination").get("next_cursor").getAsString());
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  JsonObject body(String path) throws IOException {
    return json(text(path));
  }

  static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  String text(String path) throws IOException {
    try (Response response = get(path, "")) {
      return response.body().string();
    }
  }

  int status(String path) throws IOException {
    try (Response response = get(path, "")) {
      return response.code();
    }
  }

  Response get(String path, String etag) throws IOException {
    Request request =
        new Request.Builder()
            .url(baseUrl() + path)
            .header("Authorization", "Bearer any")
            .header("If-None-Match", etag)
            .build();
    return HTTP.newCall(request).execute();
  }
}
