package io.github.aimlvideo.cli.studio.http;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Sends the generations to all open pages: at once, and after each change (server-sent events). A
 * page that is slow or gone holds up nothing but its own thread.
 */
public final class EventStream implements Response, AutoCloseable {
  /** Each takes a thread. */
  private static final int MAX_PAGES = 24;

  /** How often to check for changes without an event, while something is under way. */
  private static final Duration REFRESH = Duration.ofSeconds(1);

  private final Supplier<JsonObject> snapshots;
  private final Duration heartbeat;
  private long version;
  private int pages;
  private boolean closed;

  /**
   * @param snapshots what is sent; {@code active} in it tells that it changes by itself, and is not
   *     sent
   * @param heartbeat how often something is sent at least, so that a page that is gone is noticed
   */
  public EventStream(Supplier<JsonObject> snapshots, Duration heartbeat) {
    this.snapshots = snapshots;
    this.heartbeat = heartbeat;
  }

  /** Something has changed; returns at once. */
  public synchronized void changed() {
    version++;
    notifyAll();
  }

  /** Sends until the page is closed, or this is. */
  @Override
  public void send(HttpExchange exchange) throws IOException {
    begin();
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        sendAll(out);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    if (pages == MAX_PAGES) throw new HttpFailure(503, "too many open pages; close some");
    pages++;
  }

  private synchronized void end() {
    pages--;
  }

  private void sendAll(OutputStream out) throws IOException, InterruptedException {
    String sent = "";
    long sentAt = System.nanoTime();
    for (long seen = version(); seen >= 0; ) {
      JsonObject snapshot = snapshots.get();
      boolean active = snapshot.remove("active") != null;
      String text = snapshot.toString();
      if (!text.equals(sent)) {
        sent = text;
        snapshot.addProperty("now", System.currentTimeMillis());
        write(out, "event: generations\ndata: " + snapshot + "\n\n");
        sentAt = System.nanoTime();
      } else if (System.nanoTime() - sentAt >= heartbeat.toNanos()) {
        write(out, ":\n\n");
        sentAt = System.nanoTime();
      }
      seen = await(seen, active && REFRESH.compareTo(heartbeat) < 0 ? REFRESH : heartbeat);
    }
  }

  private static void write(OutputStream out, String event) throws IOException {
    out.write(event.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private synchronized long version() {
    return closed ? -1 : version;
  }

  /** Waits for a change; returns -1 at the end. */
  private synchronized long await(long seen, Duration limit) throws InterruptedException {
    if (!closed && version == seen) wait(limit.toMillis() + 1);
    return version();
  }

  /** Ends all streams. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
