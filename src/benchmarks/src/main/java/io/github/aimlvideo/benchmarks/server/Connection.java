package io.github.aimlvideo.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** One connection: requests in, responses out in the same order, as the peer takes them. */
final class Connection {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Routes routes;
  private final Connections connections;
  private final RequestReader reader = new RequestReader();
  private final Deque<Response> responses = new ArrayDeque<>(1);
  private boolean last;

  Connection(SocketChannel channel, SelectionKey key, Routes routes, Connections connections) {
    this.channel = channel;
    this.key = key;
    this.routes = routes;
    this.connections = connections;
  }

  void read(ByteBuffer input) throws IOException {
    input.clear();
    if (channel.read(input) < 0) {
      close();
      return;
    }
    input.flip();
    for (Request request = reader.next(input); request != null; request = reader.next(input)) {
      responses.add(routes.response(request));
      last |= request.closes();
    }
    write();
  }

  void write() throws IOException {
    while (!responses.isEmpty() && responses.peek().writeTo(channel)) responses.remove();
    if (responses.isEmpty() && last) close();
    else await(responses.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
  }

  private void await(int operation) {
    if (key.interestOps() != operation) key.interestOps(operation);
  }

  void close() {
    try {
      if (channel.isOpen()) connections.closed();
      channel.close();
    } catch (IOException e) {
      // nothing is left to do with it
    }
  }
}
