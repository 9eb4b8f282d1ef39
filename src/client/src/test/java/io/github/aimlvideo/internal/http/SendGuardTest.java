package io.github.aimlvideo.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.fixture.Server;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendGuardTest {
  /** Sends every request twice, the second time without its tags. */
  private static final Interceptor REPEATING =
      chain -> {
        chain.proceed(chain.request()).close();
        return chain.proceed(chain.request().newBuilder().tag(SendGuard.class, null).build());
      };

  private final Server server = new Server().status("queued").status("generating");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void createPassesOnce() {
    Call create = call(REPEATING, builder().post(RequestBody.create(new byte[0])));

    assertThatThrownBy(create::execute).isInstanceOf(IOException.class);

    assertThat(server.web.getRequestCount()).isEqualTo(1);
    assertThat(SendGuard.of(create).sent()).isTrue();
  }

  @Test
  void pollMayPassTwice() throws IOException {
    Call poll = call(REPEATING, builder().get());

    assertThat(poll.execute().body().string()).contains("generating");

    assertThat(server.web.getRequestCount()).isEqualTo(2);
  }

  @Test
  void abandonedRequestIsNeverSent() {
    Call poll = call(chain -> chain.proceed(chain.request()), builder().get());
    SendGuard guard = SendGuard.of(poll);

    assertThat(guard.abandon()).isTrue();
    assertThat(guard.abandon()).as("a second time").isTrue();

    assertThatThrownBy(poll::execute).isInstanceOf(IOException.class);
    assertThat(guard.sent()).isFalse();
    assertThat(server.web.getRequestCount()).isZero();
  }

  @Test
  void requestOnTheWireCannotBeAbandoned() throws IOException {
    Call poll = call(chain -> chain.proceed(chain.request()), builder().get());

    poll.execute().close();

    assertThat(SendGuard.of(poll).abandon()).isFalse();
    assertThat(SendGuard.of(poll).sent()).isTrue();
  }

  private Request.Builder builder() {
    return new Request.Builder().url(server.url());
  }

  private static Call call(Interceptor interceptor, Request.Builder request) {
    return new OkHttpClient.Builder()
        .addInterceptor(interceptor)
        .addNetworkInterceptor(SendGuard.NETWORK_INTERCEPTOR)
        .build()
        .newCall(SendGuard.guarded(request.build()));
  }
}
