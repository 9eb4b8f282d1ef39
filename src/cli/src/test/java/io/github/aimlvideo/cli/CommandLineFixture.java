package io.github.aimlvideo.cli;

import io.github.aimlvideo.cli.CommandHost.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A server with responses in order, and the command in a folder of its own. */
@Execution(ExecutionMode.CONCURRENT)
abstract class CommandLineFixture {
  final MockWebServer server = new MockWebServer();
  final CommandHost host = CommandHost.take();
  final Path folder = host.folder();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
    host.close();
  }

  /** Runs a command that talks to the server. */
  final Run run(String... args) {
    return host.run(withServer(args));
  }

  /** Runs a command with nothing but these arguments. */
  final Run runAlone(String... args) {
    return host.run(args);
  }

  /** Starts the program, with a command that talks to the server. */
  final ForkedJvm fork(String... args) {
    return ForkedJvm.start(folder, "key", List.of(), Main.class, withServer(args));
  }

  private String[] withServer(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(1, List.of("--base-url", url(), "--interval", "100ms"));
    return all.toArray(String[]::new);
  }

  final String url() {
    return server.url("/").toString();
  }

  /** A response with single quotes for double ones. */
  void respond(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body.replace('\'', '"')).build());
  }

  final void completedAtOnce() {
    completedAtOnce("abc");
  }

  final void completedAtOnce(String id) {
    String video = ",'status':'completed','video':{'url':'" + server.url("/v.mp4") + "'}}";
    respond(200, "{'id':'" + id + "'" + video);
  }

  final void video() {
    server.enqueue(
        new MockResponse.Builder().addHeader("Content-Type", "video/mp4").body("video").build());
  }
}
