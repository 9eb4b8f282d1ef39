package io.github.aimlvideo.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.fixture.Server;
import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
  private final Server server = new Server();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void keyInAResponseIsReplaced() throws IOException {
    server.respond(401, "{\"message\":\"sk-secret-1 is wrong: sk-secret-1\"}");
    Call call = call("sk-secret-1");

    String body = call.execute().body().string();

    assertThat(body).isEqualTo("{\"message\":\"(the key) is wrong: (the key)\"}");
    assertThat(SendGuard.of(call).text()).isEqualTo(body);
    assertThat(SendGuard.of(call).response().code()).isEqualTo(401);
  }

  @Test
  void keyIsInNoMessage() throws IOException {
    server.respond(401, "{\"message\":\"sk-secret-1 is wrong\",\"requestId\":\"r-1\"}");
    Call call = call("sk-secret-1");

    String body = call.execute().body().string();
    var response = new ApiResponse<>(SendGuard.of(call).response(), body, null, null);
    var refusal = ApiExceptions.refused(response, null, "mine");

    assertThat(refusal).hasMessage("GET / returned 401: (the key) is wrong (request id r-1)");
    assertThat(refusal.body().orElseThrow()).doesNotContain("secret");
  }

  @Test
  void shortKeyIsNotReplacedAsItMayOccurByChance() throws IOException {
    server.respond("{\"message\":\"the monkey\"}");

    assertThat(call("key").execute().body().string()).contains("the monkey");
  }

  @Test
  void headIsKeptWhenTheBodyBreaks() {
    server.respond(
        new MockResponse.Builder()
            .addHeader("x-inference-id", "abc")
            .body("{\"id\":\"abc\"}")
            .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE));
    Call call = call("sk-secret-1");

    assertThatThrownBy(call::execute).isInstanceOf(IOException.class);

    assertThat(SendGuard.of(call).response().headers().get("x-inference-id")).isEqualTo("abc");
    assertThat(SendGuard.of(call).text()).startsWith("{\"id\"");
  }

  @Test
  void beginningOfAResponseOfMoreThanAMebibyteIsKept() {
    server.respond("x".repeat((1 << 20) + 1));
    Call call = call("sk-secret-1");

    assertThatThrownBy(call::execute).hasMessage("a response of more than 1 MiB");

    assertThat(SendGuard.of(call).response().code()).isEqualTo(200);
    assertThat(SendGuard.of(call).text()).startsWith("xxx");
  }

  @Test
  void toStringHidesTheKey() {
    assertThat(new ResponseReader("sk-secret-1", 1 << 20).toString()).doesNotContain("secret");
  }

  private Call call(String key) {
    return new OkHttpClient.Builder()
        .addInterceptor(new ResponseReader(key, 1 << 20))
        .build()
        .newCall(SendGuard.guarded(new Request.Builder().url(server.url()).build()));
  }
}
