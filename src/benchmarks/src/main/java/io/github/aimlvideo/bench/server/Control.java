package io.github.aimlvideo.bench.server;

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
  /** Forgets all generations; the next ones are to be looked at in this interval. */
  public void reset(Duration interval, Duration shortest, Duration longest, boolean held) {
    reset(interval, shortest, longest, held, 1000);
  }

  public void film(long bytes) {
    reset(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, false, bytes);
  }

  private void reset(
      Duration interval, Duration shortest, Duration longest, boolean held, long film) {
    ask(
        String.format(
            "/bench/reset?interval=%d&shortest=%d&longest=%d&held=%s&film=%d",
            interval.toMillis(), shortest.toMillis(), longest.toMillis(), held, film));
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
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      return JsonParser.parseString(body).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
