package io.github.aimlvideo.cli.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import io.github.aimlvideo.cli.studio.http.EventStream;
import io.github.aimlvideo.cli.studio.http.FileResponse;
import io.github.aimlvideo.cli.studio.http.HttpFailure;
import io.github.aimlvideo.cli.studio.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of videos, and events, as a browser asks for them. */
class PageStreamTest {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicInteger state = new AtomicInteger();
  private final EventStream events = new EventStream(this::snapshot, Duration.ofMillis(50));
  private volatile String filler = "";
  @TempDir private Path folder;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    Path file = Files.writeString(folder.resolve("v.mp4"), "0123456789");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    serve("/video", new FileResponse(file, "video/mp4", null));
    serve("/file", new FileResponse(file, "video/mp4", "Füchse 1.mp4"));
    serve("/events", events);
    server.start();
  }

  private void serve(String path, Response response) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            try {
              response.send(exchange);
            } catch (HttpFailure e) {
              e.response().send(exchange);
            }
          }
        });
  }

  private JsonObject snapshot() {
    JsonObject json = new JsonObject();
    json.addProperty("state", state.get());
    json.addProperty("filler", filler);
    return json;
  }

  @AfterEach
  void close() {
    events.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, 0123, bytes 0-3/10",
    "bytes=4-4, 206, 4, bytes 4-4/10",
    "bytes=7-, 206, 789, bytes 7-9/10",
    "bytes=7-99, 206, 789, bytes 7-9/10",
    "bytes=-3, 206, 789, bytes 7-9/10",
    "bytes=-99, 206, 0123456789, bytes 0-9/10",
    "bytes=0-, 206, 0123456789, bytes 0-9/10",
    "bytes=10-, 416, '', bytes */10",
    "bytes=99-100, 416, '', bytes */10",
    "bytes=-0, 416, '', bytes */10",
    "'bytes=0-1,3-4', 200, 0123456789,",
    "bytes=3-1, 200, 0123456789,",
    "bytes=-, 200, 0123456789,",
    "lines=0-1, 200, 0123456789,",
    "bytes=99999999999999999999-, 200, 0123456789,",
  })
  void partOfAVideoIsServed(String range, int status, String body, String contentRange)
      throws Exception {
    HttpResponse<String> response = get("/video", "Range", range);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers().firstValue("Content-Range").orElse(null)).isEqualTo(contentRange);
    assertThat(response.headers().firstValue("Accept-Ranges")).hasValue("bytes");
  }

  @Test
  void fileIsAnAttachmentWithItsName() throws Exception {
    HttpResponse<String> response = get("/file", "Accept", "*/*");

    assertThat(response.body()).isEqualTo("0123456789");
    assertThat(response.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename*=UTF-8''F%C3%BCchse%201.mp4");
  }

  @Test
  void stateIsSentAtOnceAndAfterEachChange() throws Exception {
    try (Studio.Events page = open()) {
      assertThat(page.line()).isEqualTo("event: generations");
      assertThat(page.next().get("state").getAsInt()).isZero();

      state.set(1);
      events.changed();

      assertThat(page.next().get("state").getAsInt()).isEqualTo(1);
    }
  }

  @Test
  void quietStreamHasHeartbeatsAndRepeatsNothing() throws Exception {
    try (Studio.Events page = open()) {
      page.next();
      page.line();
      events.changed();

      for (int i = 0; i < 3; i++) {
        assertThat(page.line()).isEqualTo(":");
        assertThat(page.line()).isEmpty();
      }
    }
  }

  @Test
  void endOfTheStudioEndsTheStream() throws Exception {
    try (Studio.Events page = open()) {
      page.next();
      page.line();

      events.close();

      String line = page.line();
      while (line != null && !line.startsWith("event")) line = page.line();
      assertThat(line).isNull();
    }
  }

  @Test
  void pagesThatAreGoneMakeRoomForOthers() throws Exception {
    List<Studio.Events> pages = new ArrayList<>();
    for (int i = 0; i < 24; i++) pages.add(open());
    for (Studio.Events page : pages) page.next();
    HttpResponse<String> refused = get("/events", "Accept", "*/*");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("too many open pages; close some");

    for (Studio.Events page : pages) page.close();

    while (true) { // a heartbeat finds out who is gone
      HttpResponse<InputStream> again = openResponse();
      again.body().close();
      if (again.statusCode() == 200) break;
    }
  }

  /** What it does not read is more than all buffers take. */
  @Test
  void pageThatReadsNothingDelaysNobody() throws Exception {
    filler = "x".repeat(4 << 20);
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort());
        Studio.Events page = open()) {
      String request = "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n";
      slow.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      page.next();

      for (int i = 1; i <= 6; i++) {
        state.set(i);
        events.changed();
        int seen = page.next().get("state").getAsInt();
        assertThat(seen).isEqualTo(i);
      }
    }
  }

  private Studio.Events open() throws Exception {
    return new Studio.Events(openResponse().body());
  }

  private HttpResponse<InputStream> openResponse() throws Exception {
    return HttpClient.newHttpClient()
        .send(request("/events").build(), BodyHandlers.ofInputStream());
  }

  private HttpResponse<String> get(String path, String... header) throws Exception {
    return HttpClient.newHttpClient()
        .send(request(path).headers(header).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    int port = server.getAddress().getPort();
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
  }
}
