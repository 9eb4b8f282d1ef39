package io.github.aimlvideo.benchmarks.server;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Configures the server and reads its statistics; takes no thread and keeps no connection. */
public record Control(String url) {
  /**
   * Forgets all generations.
   *
   * @param interval how often the next ones are polled
   * @param held whether they run on until {@link #release}
   */
  public void reset(Duration interval, Duration shortest, Duration longest, boolean held) {
    reset(interval, shortest, longest, held, 1000);
  }

  /** From now on generations run for an hour. */
  public void runForever() {
    reset(Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(1), false);
  }

  /** From now on generations are completed at once, with a video of this size. */
  public void completeWith(long videoBytes) {
    reset(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, false, videoBytes);
  }

  private void reset(
      Duration interval, Duration shortest, Duration longest, boolean held, long videoBytes) {
    get(
        String.format(
            "/bench/reset?interval=%d&shortest=%d&longest=%d&held=%s&video=%d",
            interval.toMillis(), shortest.toMillis(), longest.toMillis(), held, videoBytes));
  }

  /** Starts the clocks of held generations. */
  public void release() {
    get("/bench/release");
  }

  public JsonObject stats() {
    return get("/bench/stats");
  }

  private JsonObject get(String target) {
    URI server = URI.create(url);
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      String request = "GET " + target + " HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String response =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String body = response.substring(response.indexOf("\r\n\r\n") + 4);
      return JsonParser.parseString(body).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
