package io.github.aimlvideo.benchmarks.server;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a measurement tells the server and asks it; takes no thread and keeps no connection. */
public record Control(String url) {
  /** Forgets all generations; the next ones are to be polled in this interval. */
  public void reset(Duration interval, Duration shortest, Duration longest, boolean held) {
    reset(interval, shortest, longest, held, 1000);
  }

  public void video(long bytes) {
    reset(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, false, bytes);
  }

  private void reset(
      Duration interval, Duration shortest, Duration longest, boolean held, long video) {
    ask(
        String.format(
            "/bench/reset?interval=%d&shortest=%d&longest=%d&held=%s&video=%d",
            interval.toMillis(), shortest.toMillis(), longest.toMillis(), held, video));
  }

  /** Lets the durations of the generations that are held begin. */
  public void release() {
    ask("/bench/release");
  }

  public JsonObject stats() {
    return ask("/bench/stats");
  }

  private JsonObject ask(String target) {
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
