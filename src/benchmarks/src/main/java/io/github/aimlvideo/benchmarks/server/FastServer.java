package io.github.aimlvideo.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The server that every peer is measured against: HTTP/1.1 on loopback, one thread, in a JVM of its
 * own. It measures how punctual the polls are, by the same clock for all.
 */
public final class FastServer {
  private static final int BACKLOG = 4096;

  private final Selector selector;
  private final ServerSocketChannel listener;
  private final Routes routes;
  private final Connections connections = new Connections();

  /** What is read from any connection goes through this, and is digested at once. */
  private final ByteBuffer input = ByteBuffer.allocateDirect(256 * 1024);

  private FastServer() throws IOException {
    selector = Selector.open();
    listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    routes = new Routes("http://127.0.0.1:" + port(), connections);
  }

  /** Prints its port and serves until standard input ends, so that it never outlives who forked. */
  public static void main(String[] args) throws IOException {
    FastServer server = new FastServer();
    System.out.println(server.port());
    Thread parent = new Thread(FastServer::endWithParent, "parent");
    parent.setDaemon(true);
    parent.start();
    while (true) server.selector.select(server::serve);
  }

  private int port() {
    return listener.socket().getLocalPort();
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0)
        ;
    } catch (IOException e) {
      // the end too
    }
    System.exit(0);
  }

  private void serve(SelectionKey key) {
    try {
      if (key.isAcceptable()) accept();
      else if (key.isReadable()) ((Connection) key.attachment()).read(input);
      else if (key.isWritable()) ((Connection) key.attachment()).write();
    } catch (IOException e) {
      ((Connection) key.attachment()).close();
    }
  }

  private void accept() throws IOException {
    for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
      channel.configureBlocking(false);
      channel.socket().setTcpNoDelay(true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      key.attach(new Connection(channel, key, routes, connections));
      connections.opened();
    }
  }
}
