package io.github.aimlvideo.internal.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Lets creates share connections with polls, but keeps them off one that the server has just
 * closed: the outcome of a create that is written to it would be unknown for nothing.
 *
 * <p>OkHttp itself probes connections that were idle for 10 s. Servers keep a connection for some
 * seconds (Node: 5), or close it after each response. So this probes a connection if the create is
 * its second request or comes after a pause, and drops it after {@link #MAX_IDLE}. On HTTP/2 a
 * thread reads all the time and notices the end.
 */
final class StaleConnectionGuard {
  private static final Duration MAX_IDLE = Duration.ofSeconds(2);
  private static final Set<Protocol> PROBED = Set.of(Protocol.HTTP_1_0, Protocol.HTTP_1_1);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Map<Connection, Long> usedAt = Collections.synchronizedMap(new WeakHashMap<>());

  private StaleConnectionGuard() {}

  /** For a client whose pool nobody else uses; network interceptors of the caller come after. */
  static void addTo(OkHttpClient.Builder http) {
    http.networkInterceptors().add(0, new StaleConnectionGuard()::probe);
    http.addInterceptor(StaleConnectionGuard::retry);
  }

  /** OkHttp closes a connection on which a call failed; nothing was sent on it. */
  private static Response retry(Interceptor.Chain chain) throws IOException {
    while (true) {
      try {
        return chain.proceed(chain.request());
      } catch (StaleConnectionException e) {
        // the pool has another connection, or opens one
      }
    }
  }

  private Response probe(Interceptor.Chain chain) throws IOException {
    Connection connection = Objects.requireNonNull(chain.connection(), "in the network");
    if (!PROBED.contains(connection.protocol())) return chain.proceed(chain.request());
    Long last = usedAt.get(connection);
    boolean create = !chain.request().method().equals("GET");
    if (create && last != null && isStale(connection.socket(), System.nanoTime() - last)) {
      throw new StaleConnectionException();
    }
    Response response = chain.proceed(chain.request());
    long now = System.nanoTime();
    usedAt.put(connection, last == null ? now - 2 * PAUSE_NANOS : now);
    return response;
  }

  static boolean isStale(Socket socket, long idleNanos) throws IOException {
    return idleNanos > MAX_IDLE.toNanos() || idleNanos > PAUSE_NANOS && hasEnded(socket);
  }

  /** Nothing else reads now, and a server sends nothing before it is asked. */
  private static boolean hasEnded(Socket socket) throws IOException {
    int timeout = socket.getSoTimeout();
    socket.setSoTimeout(1);
    try {
      socket.getInputStream().read();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    } finally {
      socket.setSoTimeout(timeout);
    }
  }

  private static final class StaleConnectionException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
