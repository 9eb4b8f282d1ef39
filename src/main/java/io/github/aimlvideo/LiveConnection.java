package io.github.aimlvideo;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Lets creates share connections, but not one that the server has closed meanwhile: a create that
 * is written to such a connection would leave its outcome unknown for nothing. OkHttp looks only at
 * those that were idle for 10 s. A server that announces no end keeps a connection for some seconds
 * at least (Node: 5), so one that was idle for {@link #IDLE_SECONDS} is not used at all.
 */
final class LiveConnection {
  private static final int IDLE_SECONDS = 2;

  private LiveConnection() {}

  /** Makes a client share connections in this way, at most so many. */
  static OkHttpClient.Builder shared(OkHttpClient.Builder http, int most) {
    http.connectionPool(new ConnectionPool(most, IDLE_SECONDS, TimeUnit.SECONDS));
    http.addInterceptor(LiveConnection::tryAnother);
    http.networkInterceptors().add(0, LiveConnection::check);
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

  /** On HTTP/2 somebody reads all the time, and has noticed. */
  private static Response check(Interceptor.Chain chain) throws IOException {
    if (chain.connection().protocol() == Protocol.HTTP_1_1
        && hasEnded(chain.connection().socket())) {
      throw new ClosedMeanwhileException();
    }
    return chain.proceed(chain.request());
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

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }
}
