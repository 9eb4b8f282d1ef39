package io.github.aimlvideo;

import io.github.aimlvideo.internal.core.ClientExecutors;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that writes raw bytes and can break its connections. */
public final class RawServer implements AutoCloseable {
  /** A received request. */
  public record Request(String method, String target, String head, String body) {
    /** The value of a header; empty if there is none. */
    public String header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /** How the server responds to a request. */
  public interface Step {
    void respond(Request request, Socket socket) throws IOException;
  }

  /** Chooses the step for a request; called once for each, by many threads. */
  public interface Script {
    Step next(Request request);
  }

  private final ServerSocket listening;
  private final Script script;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(ClientExecutors.daemons("raw-server"));
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  public RawServer(Script script) {
    this.script = script;
    try {
      listening = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  public String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  public List<Request> requests(String method) {
    return List.copyOf(requests).stream().filter(r -> r.method().equals(method)).toList();
  }

  int openConnections() {
    return open.size();
  }

  /** Waits until all connections are closed. */
  void awaitNoConnection() throws InterruptedException {
    synchronized (open) {
      while (!open.isEmpty()) open.wait();
    }
  }

  /** Closes all connections, those that hang too. */
  void endConnections() throws IOException {
    for (Socket socket : open) socket.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      }
    } catch (IOException closed) {
      threads.shutdown();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (Request request = read(in); request != null && !socket.isClosed(); request = read(in)) {
        requests.add(request);
        script.next(request).respond(request, socket);
      }
    } catch (IOException gone) {
      // the client or a step closed the connection
    } finally {
      synchronized (open) {
        open.remove(socket);
        open.notifyAll();
      }
    }
  }

  private static Request read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      boolean tls = head.size() == 0 && next == 0x16;
      if (next < 0 || tls) return null;
      head.write(next);
      // the head can only end with a line
      while (next != '\n') {
        next = in.read();
        if (next < 0) return null;
        head.write(next);
      }
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    String[] line = text.split(" ", 3);
    Request request = new Request(line[0], line[1], text, "");
    String length = request.header("Content-Length");
    byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
    return new Request(line[0], line[1], text, new String(body, StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    listening.close();
    endConnections();
    threads.shutdownNow();
  }

  public static Step respond(int status, String body, String... headers) {
    return (request, socket) ->
        write(socket, head(status, body.getBytes(StandardCharsets.UTF_8).length, headers) + body);
  }

  /** A response whose body is shorter than its length says. */
  public static Step cutOff(int status, String body, String... headers) {
    return (request, socket) -> {
      write(socket, head(status, body.length() + 100, headers) + body);
      socket.close();
    };
  }

  public static Step raw(byte[] bytes) {
    return (request, socket) -> {
      socket.getOutputStream().write(bytes);
      socket.close();
    };
  }

  /** Closes the connection in good order, without a response. */
  public static Step hangUp() {
    return (request, socket) -> socket.close();
  }

  /** Closes the connection with a reset. */
  public static Step reset() {
    return (request, socket) -> {
      socket.setSoLinger(true, 0);
      socket.close();
    };
  }

  /** Sends nothing until the client closes the connection. */
  public static Step hang() {
    return (request, socket) -> {
      if (socket.getInputStream().read() < 0) socket.close();
    };
  }

  /** Responds and closes the connection, which the response promised to keep alive. */
  public static Step thenClose(Step step) {
    return (request, socket) -> {
      step.respond(request, socket);
      socket.close();
    };
  }

  private static String head(int status, int length, String... headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Reason\r\n");
    for (String header : headers) head.append(header).append("\r\n");
    return head.append("Content-Length: ").append(length).append("\r\n\r\n").toString();
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** These steps one after the other, then the last one forever. */
  public static Script inOrder(Step... steps) {
    List<Step> rest = new ArrayList<>(List.of(steps));
    return request -> {
      synchronized (rest) {
        return rest.size() > 1 ? rest.remove(0) : rest.get(0);
      }
    };
  }
}
