package io.github.aimlvideo;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Starts downloads, over an OkHttp client that never sees the key. */
final class Downloader {
  final Api api;
  final RetryPolicy retries;
  final long limit;
  final Timer timer;
  private final OkHttpClient http;
  private final Set<Download> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Downloader(
      VideoClientBuilder settings, OkHttpClient base, Api api, Timer timer, Threads threads) {
    this.api = api;
    this.retries = settings.retryPolicy;
    this.limit = settings.maxDownloadBytes;
    this.timer = timer;
    http =
        WideSockets.usedBy(base.newBuilder(), base)
            .dispatcher(threads.downloads)
            .followRedirects(true)
            .followSslRedirects(true)
            .callTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .addInterceptor(Downloader::listen)
            .addNetworkInterceptor(STAY_ENCRYPTED)
            .build();
  }

  /** Starts one whose end {@code reporter} tells. */
  Download start(VideoGeneration generation, Path file, Reporter reporter) {
    Download download = new Download(this, generation, file, reporter);
    underWay.add(download);
    download.done.whenComplete((path, failure) -> forget(download));
    if (closed) download.interrupt("the client was closed", null);
    else download.fetch();
    return download;
  }

  void forget(Download download) {
    underWay.remove(download);
  }

  void close() {
    closed = true;
    underWay.forEach(download -> download.interrupt("the client was closed", null));
  }

  /** A call that ends when its silence is too long, counted from when it has a thread. */
  Call call(HttpUrl url, Request.Builder request, Silence silence) {
    return http.newCall(
        request
            .url(url)
            .tag(AtomicBoolean.class, new AtomicBoolean())
            .tag(Silence.class, silence)
            .build());
  }

  private static Response listen(Interceptor.Chain chain) throws IOException {
    try {
      Objects.requireNonNull(chain.request().tag(Silence.class)).begin(chain.call()::cancel);
    } catch (RejectedExecutionException e) { // OkHttp would leave it to the thread
      throw new IOException("the client was closed", e);
    }
    return chain.proceed(chain.request());
  }

  /**
   * A redirect may lead from http to https, not back; the tag remembers whether it was https once.
   */
  private static final Interceptor STAY_ENCRYPTED =
      chain -> {
        Request request = chain.request();
        AtomicBoolean encrypted = Objects.requireNonNull(request.tag(AtomicBoolean.class));
        if (request.isHttps()) encrypted.set(true);
        else if (encrypted.get()) throw new ProtocolException("a redirect from https to http");
        return chain.proceed(request);
      };
}
