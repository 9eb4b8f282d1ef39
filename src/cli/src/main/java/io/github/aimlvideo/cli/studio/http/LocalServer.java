package io.github.aimlvideo.cli.studio.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server of the page, for this machine only. */
public final class LocalServer implements AutoCloseable {
  private static final int DEFAULT_PORT = 4020;

  /** How many ports are tried from the default one on. */
  private static final int PORTS = 20;

  /** An open page takes one for its events, a video one while it plays. */
  private static final int THREADS = 48;

  private static final int TOKEN_BYTES = 16;

  static {
    // a response would else wait 40 ms for the acknowledgement of its headers
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // seconds for a request with its body; a client that stalls would else keep a thread for ever
    System.setProperty("sun.net.httpserver.maxReqTime", "60");
  }

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final String token;

  private LocalServer(HttpServer server, HttpHandler handler) {
    this.server = server;
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    token = HexFormat.of().formatHex(random);
    server.createContext("/", handler).getFilters().add(new RequestGuard(token));
    threads =
        new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
    threads.allowCoreThreadTimeOut(true);
    server.setExecutor(threads);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "studio");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Starts the server.
   *
   * @param port null for the default one, or the next that is free
   * @throws IllegalArgumentException if the port is in use or not allowed
   */
  public static LocalServer start(@Nullable Integer port, HttpHandler handler) throws IOException {
    LocalServer started = new LocalServer(port == null ? bindNext() : bind(port), handler);
    started.server.start();
    return started;
  }

  private static HttpServer bindNext() throws IOException {
    for (int port = DEFAULT_PORT; port < DEFAULT_PORT + PORTS; port++) {
      try {
        return HttpServer.create(address(port), 0);
      } catch (BindException e) {
        // the next one
      }
    }
    return HttpServer.create(address(0), 0);
  }

  private static HttpServer bind(int port) throws IOException {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("--port must be from 0 to 65535: " + port);
    }
    try {
      return HttpServer.create(address(port), 0);
    } catch (BindException e) {
      throw new IllegalArgumentException(
          "--port: "
              + port
              + " is in use or not allowed; choose another, or leave it out for one that is free",
          e);
    }
  }

  private static InetSocketAddress address(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  /** The address of the page, with its token. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + token + "/";
  }

  /** Ends all connections. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
