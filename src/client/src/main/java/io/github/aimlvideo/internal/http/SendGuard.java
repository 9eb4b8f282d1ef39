package io.github.aimlvideo.internal.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether a request is on the wire, and keeps what is known of its response. Every request to
 * the API carries one as a tag. It stops a request that was abandoned before, and a create that
 * passes a second time, for instance because an interceptor of the caller repeats it.
 */
final class SendGuard {
  /** A network interceptor runs when there is a connection, before the first byte is sent. */
  static final Interceptor NETWORK_INTERCEPTOR =
      chain -> {
        SendGuard guard = of(chain.call());
        if (guard != null && !guard.passes(chain.request().method())) {
          throw new IOException("not retried");
        }
        return chain.proceed(chain.request());
      };

  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private volatile @Nullable Response response;
  private volatile String text = "";

  private enum State {
    WAITING,
    SENT,
    ABANDONED
  }

  /** The same request with a guard of its own. */
  static Request guarded(Request request) {
    return request.newBuilder().tag(SendGuard.class, new SendGuard()).build();
  }

  /** The guard of a call; the call keeps its first request, whatever an interceptor makes of it. */
  static @Nullable SendGuard of(Call call) {
    return call.request().tag(SendGuard.class);
  }

  /** Whether the server may have received any of it. False is final once the call has ended. */
  boolean sent() {
    return state.get() == State.SENT;
  }

  /** Never lets it pass; false if it has passed already. */
  boolean abandon() {
    return state.compareAndSet(State.WAITING, State.ABANDONED) || !sent();
  }

  /** OkHttp may repeat a poll on another connection. */
  private boolean passes(String method) {
    return state.compareAndSet(State.WAITING, State.SENT) || sent() && method.equals("GET");
  }

  /** The response, while the body may still be on its way; null before. */
  @Nullable Response response() {
    return response;
  }

  /** The body of the response; empty until all of it has been read. */
  String text() {
    return text;
  }

  void received(Response head) {
    response = head;
  }

  void received(String body) {
    text = body;
  }
}
