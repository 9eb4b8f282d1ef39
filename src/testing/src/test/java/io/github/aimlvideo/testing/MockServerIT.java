package io.github.aimlvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Unpacking, starting and ending the mock; with an npm that brings a Prism which only listens. */
class MockServerIT {
  private static final String NPM =
      """
      [ "$1 $2" = 'ci --prefix' ] || exit 1
      cli=$3/node_modules/@stoplight/prism-cli/dist
      mkdir -p "$cli"
      echo 'require("net").createServer().listen(process.argv[process.argv.indexOf("--port") + 1])' >"$cli/index.js"
      echo fetched >>"$(dirname "$0")/fetched"
      touch "$3/node_modules/.package-lock.json"
      """;

  @TempDir Path cache;
  @TempDir Path tools;

  @BeforeEach
  void installTools() throws IOException {
    for (String tool : List.of("bash", "cp", "dirname", "mkdir", "mktemp", "rm", "tail", "touch")) {
      install(tool);
    }
  }

  private void install(String tool) throws IOException {
    Path there =
        Stream.of(System.getenv("PATH").split(":"))
            .map(folder -> Path.of(folder, tool))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow();
    install(tool, "exec " + there + " \"$@\"");
  }

  private void install(String tool, String script) throws IOException {
    Path file = Files.writeString(tools.resolve(tool), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private MockServer start() throws IOException {
    return start(Map.of());
  }

  private MockServer start(Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.putAll(Map.of("PATH", tools.toString(), "PRISM_URL", ""));
    return MockServer.start(MockFiles.unpackedTo(cache), environment);
  }

  @Test
  void needsNeitherNpmNorInternetTheSecondTime() throws IOException {
    install("node");
    install("npm", NPM);
    start().close();
    Files.delete(tools.resolve("npm"));

    try (MockServer again = start()) {
      assertThat(again.url()).startsWith("http://127.0.0.1:");
    }
  }

  @Test
  void severalStartAtOnceInAFreshCache() throws IOException {
    install("node");
    install("npm", NPM);

    List<CompletableFuture<MockServer>> starts =
        IntStream.range(0, 3).mapToObj(i -> CompletableFuture.supplyAsync(this::started)).toList();

    assertThat(starts)
        .allSatisfy(
            start -> {
              try (MockServer server = start.join()) {
                assertThat(server.url()).startsWith("http://127.0.0.1:");
              }
            });
    assertThat(cache.resolve("mock")).isDirectoryNotContaining("glob:**/.*");
    try (Stream<Path> prisms = Files.list(cache.resolve("prism"))) {
      assertThat(prisms)
          .singleElement()
          .satisfies(prism -> assertThat(prism).isDirectoryNotContaining("glob:**/.*"));
    }
  }

  private MockServer started() {
    try {
      return start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void endsWithItsInput() throws IOException {
    install("node");
    install("npm", NPM);
    MockServer server = start();
    String running = server.state();

    server.close();

    assertThat(running).isEqualTo("the mock runs at " + server.url());
    assertThat(server.state()).startsWith("the mock ended with 0");
  }

  @Test
  void hostAndPrismOfTheUserAreNotItsOwn() throws IOException {
    install("node");
    install("npm", NPM);

    try (MockServer server = start(Map.of("HOST", "nonsense", "PRISM", "nonsense"))) {
      assertThat(server.state()).isEqualTo("the mock runs at " + server.url());
    }
  }

  @Test
  @Timeout(60)
  void interruptedStartLeavesNothing() throws Exception {
    Path started = tools.resolve("started");
    new ProcessBuilder("mkfifo", started.toString()).start().waitFor();
    install("node");
    install("npm", "echo $$ >" + started + "; exec tail -f /dev/null");
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread starter = new Thread(() -> failure.complete(catchThrowable(this::start)));
    starter.start();
    long npm = Long.parseLong(Files.readString(started).strip());

    starter.interrupt();

    assertThat(failure.join()).hasMessage("interrupted while the mock started");
    assertThat(ProcessHandle.of(npm)).isEmpty();
    assertThat(MockFiles.unpackedTo(cache).prism()).isDirectoryNotContaining("glob:**/.prism*");
  }

  @Test
  @Timeout(60)
  void saysThatDockerCannotStartIt() throws IOException {
    install("docker", "case $* in *' up '*) echo no space left; exit 1;; esac");

    assertThatThrownBy(this::start)
        .hasMessage("the mock did not start: Docker cannot start it: no space left");
  }

  @Test
  void saysThatItNeedsDockerOrNode() {
    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the mock did not start: cannot run: no Docker engine answers; no Node 18.20 or later;"
                + " install Docker, or Node 18.20 or later with npm");
  }

  @Test
  void saysThatPrismCannotBeFetched() throws IOException {
    install("node");
    install("npm", "exit 1");

    assertThatThrownBy(this::start).hasMessageContaining("npm cannot fetch Prism");
    assertThat(MockFiles.unpackedTo(cache).prism()).isDirectoryNotContaining("glob:**/.prism*");
  }

  @Test
  void saysThatItCannotBeUnpacked() throws IOException {
    Path file = Files.writeString(cache.resolve("file"), "");

    Throwable failure = catchThrowable(() -> MockServer.start(file));

    assertThat(failure)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the mock cannot be unpacked to " + file);
  }
}
