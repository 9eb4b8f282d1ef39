package io.github.aimlvideo;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * One HTTP call under way. Its future ends with an {@link HttpAnswer} or an {@link IOException}.
 */
final class Exchange implements Callback {
  /**
   * A network interceptor runs when there is a connection, before the first byte of the request.
   */
  static final Interceptor MARK_SENT =
      chain -> {
        Exchange exchange = chain.request().tag(Exchange.class);
        if (exchange != null) exchange.sent = true;
        return chain.proceed(chain.request());
      };

  final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();

  private volatile boolean sent;
  private Call call;

  private Exchange() {}

  static Exchange start(OkHttpClient http, Request request, Duration timeout) {
    Exchange exchange = new Exchange();
    exchange.call = http.newCall(request.newBuilder().tag(Exchange.class, exchange).build());
    exchange.call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    exchange.call.enqueue(exchange);
    return exchange;
  }

  /** Whether the server may have got any of the request. */
  boolean sent() {
    return sent;
  }

  void cancel() {
    call.cancel();
  }

  @Override
  public void onResponse(Call call, Response response) {
    try (response) {
      answer.complete(HttpAnswer.read(response));
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  @Override
  public void onFailure(Call call, IOException e) {
    answer.completeExceptionally(e);
  }
}
