package io.github.aimlvideo.cli;

import io.github.aimlvideo.cli.CommandHost.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.QueueDispatcher;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A server with responses in order, and the command in a folder of its own. */
@Execution(ExecutionMode.CONCURRENT)
public abstract class CommandLineFixture {
  protected final MockWebServer server = new MockWebServer();
  protected final CommandHost host = CommandHost.take();
  protected final Path folder = host.folder();

  /** What the server responds to a request for the catalogue, whatever is enqueued. */
  private volatile MockResponse catalog = new MockResponse.Builder().code(404).build();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new QueueDispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            boolean forCatalog = request.getTarget().startsWith("/v1/models");
            return forCatalog ? catalog : super.dispatch(request);
          }
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
    host.close();
  }

  /** Runs a command that talks to the server. */
  protected final Run run(String... args) {
    return host.run(withServer(args));
  }

  /** Runs a command that talks to the server and does not poll. */
  protected final Run query(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(1, List.of("--base-url", url()));
    return host.run(all.toArray(String[]::new));
  }

  /** Runs a command with nothing but these arguments. */
  protected final Run runAlone(String... args) {
    return host.run(args);
  }

  /** Starts the program, with a command that talks to the server. */
  protected final ForkedJvm fork(String... args) {
    return ForkedJvm.start(folder, "key", List.of(), Main.class, withServer(args));
  }

  private String[] withServer(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(1, List.of("--base-url", url(), "--interval", "100ms"));
    return all.toArray(String[]::new);
  }

  protected final String url() {
    return server.url("/").toString();
  }

  /** A response with single quotes for double ones. */
  protected void respond(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body.replace('\'', '"')).build());
  }

  /** Gives the server a catalogue: models in JSON with single quotes for double ones. */
  protected final void catalog(String... models) {
    String body = "{'object':'list','data':[" + String.join(",", models) + "]}";
    catalog = new MockResponse.Builder().body(body.replace('\'', '"')).build();
  }

  protected final void catalog(MockResponse response) {
    catalog = response;
  }

  /** A model of the catalogue, with single quotes. */
  protected static String model(String id, String maker, String pricing, String more) {
    return "{'id':'"
        + id
        + "','type':'internal/video-generations/submit','info':{'developer':'"
        + maker
        + "'},'pricing':"
        + pricing
        + more
        + "}";
  }

  /** The next request that is not for the catalogue; null if there is none. */
  protected final RecordedRequest takeRequest() throws InterruptedException {
    RecordedRequest next = server.takeRequest(0, TimeUnit.SECONDS);
    while (next != null && next.getTarget().startsWith("/v1/models")) {
      next = server.takeRequest(0, TimeUnit.SECONDS);
    }
    return next;
  }

  protected final void completedAtOnce() {
    completedAtOnce("abc");
  }

  protected final void completedAtOnce(String id) {
    String video = ",'status':'completed','video':{'url':'" + server.url("/v.mp4") + "'}}";
    respond(200, "{'id':'" + id + "'" + video);
  }

  protected final void video() {
    server.enqueue(
        new MockResponse.Builder().addHeader("Content-Type", "video/mp4").body("video").build());
  }
}
