package io.github.aimlvideo;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that pass on 64 KiB at a time. OkHttp asks for 8 KiB at a time, a system call each, which
 * is most of what a large picture or film costs.
 */
final class WideSockets extends SocketFactory {
  private static final int WIDTH = 64 << 10;

  private WideSockets() {}

  /** Makes a client use them, unless its owner has chosen others. */
  static OkHttpClient.Builder usedBy(OkHttpClient.Builder http, OkHttpClient owners) {
    boolean chosen = owners.socketFactory() != SocketFactory.getDefault();
    return chosen ? http : http.socketFactory(new WideSockets());
  }

  @Override
  public Socket createSocket() {
    return new WideSocket();
  }

  /** OkHttp connects by itself. */
  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException();
  }

  private static final class WideSocket extends Socket {
    private @Nullable InputStream in;
    private @Nullable OutputStream out;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      if (in == null) in = new BufferedInputStream(super.getInputStream(), WIDTH);
      return in;
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
      if (out == null) out = new BufferedOutputStream(super.getOutputStream(), WIDTH);
      return out;
    }
  }
}
