package io.github.aimlvideo;

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
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Lets creates share connections, but not one that the server has closed meanwhile: a create that
 * is written to such a connection would leave its outcome unknown for nothing.
 *
 * <p>A connection is tried before it is used for the second time, as the server may not keep any,
 * and after each pause; OkHttp itself tries those that were idle for 10 s. A server that announces
 * no end keeps a connection for some seconds at least (Node: 5), so what was idle for {@link #IDLE}
 * is not used at all. On HTTP/2 somebody reads all the time, and notices.
 */
final class LiveConnection {
  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final Set<Protocol> HTTP_1 = Set.of(Protocol.HTTP_1_0, Protocol.HTTP_1_1);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Map<Connection, Use> uses = Collections.synchronizedMap(new WeakHashMap<>());

  /** How often a connection was used, and when last. */
  private record Use(int times, long at) {}

  private LiveConnection() {}

  /** Makes a client share connections in this way, at most so many. */
  static OkHttpClient.Builder shared(OkHttpClient.Builder http, int most) {
    http.connectionPool(new ConnectionPool(most, IDLE.toMillis(), TimeUnit.MILLISECONDS));
    http.addInterceptor(LiveConnection::tryAnother);
    http.networkInterceptors().add(0, new LiveConnection()::check);
    return http;
  }

  /** OkHttp closes a connection on which a call failed; nothing has been sent on it. */
  private static Response tryAnother(Interceptor.Chain chain) throws IOException {
    while (true) {
      try {
        return chain.proceed(chain.request());
      } catch (ClosedMeanwhileException e) {
        // the pool has another, or opens one
      }
    }
  }

  private Response check(Interceptor.Chain chain) throws IOException {
    Connection connection =
        Objects.requireNonNull(chain.connection(), "between OkHttp and the wire");
    if (!HTTP_1.contains(connection.protocol())) return chain.proceed(chain.request());
    Use last = uses.getOrDefault(connection, new Use(0, 0));
    if (isDoubtful(last) && hasEnded(connection.socket())) throw new ClosedMeanwhileException();
    Response response = chain.proceed(chain.request());
    uses.put(connection, new Use(last.times + 1, System.nanoTime()));
    return response;
  }

  private static boolean isDoubtful(Use last) {
    return last.times == 1 || last.times > 1 && System.nanoTime() - last.at > PAUSE.toNanos();
  }

  /** Nobody else reads now, and a server has nothing to say before it is asked. */
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

  private static final class ClosedMeanwhileException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
