package io.github.aimlvideo.internal.download;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Requests to the servers that have the videos; they never see the key. */
public final class VideoHttp {
  /** Between two packets. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final OkHttpClient http;
  private final AbandonedParts abandonedParts = new AbandonedParts();

  /** Uses the caller's OkHttp client, but its own dispatcher and timeouts. */
  public VideoHttp(OkHttpClient base, Dispatcher dispatcher) {
    http =
        base.newBuilder()
            .dispatcher(dispatcher)
            .followRedirects(true)
            .followSslRedirects(true)
            .callTimeout(Duration.ZERO)
            .readTimeout(SILENCE)
            .writeTimeout(SILENCE)
            .addNetworkInterceptor(VideoHttp::stayEncrypted)
            .build();
  }

  /** What is left in the folders that videos of this client go to. */
  AbandonedParts abandonedParts() {
    return abandonedParts;
  }

  Call call(HttpUrl url, Request.Builder request) {
    return http.newCall(request.url(url).tag(AtomicBoolean.class, new AtomicBoolean()).build());
  }

  /** Closes idle connections, which are those of the client that it uses. */
  public void close() {
    http.connectionPool().evictAll();
  }

  /** A redirect may lead from http to https, not back; the tag remembers whether it was https. */
  private static Response stayEncrypted(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    AtomicBoolean encrypted = Objects.requireNonNull(request.tag(AtomicBoolean.class));
    if (request.isHttps()) encrypted.set(true);
    else if (encrypted.get()) throw new ProtocolException("a redirect from https to http");
    return chain.proceed(request);
  }
}
