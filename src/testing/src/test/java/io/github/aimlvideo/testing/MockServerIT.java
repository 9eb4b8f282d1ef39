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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Unpacking, starting and ending the mock, with an npm whose Prism only listens. */
class MockServerIT {
  private static final String NPM =
      """
      [ "$1 $2" = 'ci --prefix' ] || exit 1
      cli=$3/node_modules/@stoplight/prism-cli/dist
      mkdir -p "$cli"
      echo 'require("net").createServer().listen(process.argv[process.argv.indexOf("--port") + 1])' >"$cli/index.js"
      touch "$3/node_modules/.package-lock.json"
      """;

  @TempDir Path cache;
  @TempDir Path tools;
  private final List<String> progress = new CopyOnWriteArrayList<>();

  @BeforeEach
  void installTools() throws IOException {
    String used = "basename bash cp dirname mkdir mktemp readlink rm tail touch";
    for (String tool : used.split(" ")) install(tool);
  }

  private void install(String tool) throws IOException {
    Path original =
        Stream.of(System.getenv("PATH").split(":"))
            .map(folder -> Path.of(folder, tool))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow();
    install(tool, "exec " + original + " \"$@\"");
  }

  private void install(String tool, String script) throws IOException {
    Path file = Files.writeString(tools.resolve(tool), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private MockServer start() throws IOException {
    return start(MockFiles.unpackedTo(cache), environment());
  }

  private MockServer start(MockFiles files, Map<String, String> environment) {
    return MockServer.start(files, environment, progress::add);
  }

  private Map<String, String> environment() {
    return Map.of("PATH", tools.toString(), "PRISM_URL", "");
  }

  private void installNode() throws IOException {
    install("node");
    install("npm", NPM);
  }

  @Test
  void secondStartNeedsNeitherNpmNorInternet() throws IOException {
    installNode();
    start().close();
    Files.delete(tools.resolve("npm"));

    try (MockServer again = start()) {
      assertThat(again.url()).startsWith("http://127.0.0.1:");
      assertThat(progress).containsOnlyOnce("mock: fetching Prism with npm (once)");
    }
  }

  @Test
  void severalCanStartAtOnceInAnEmptyCache() throws IOException {
    installNode();

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
  void endsWhenItsInputEnds() throws IOException {
    installNode();
    MockServer server = start();
    String running = server.state();

    server.close();

    assertThat(running).isEqualTo("the mock is running at " + server.url());
    assertThat(server.state()).startsWith("the mock exited with 0");
  }

  @Test
  void ignoresHostAndPrismOfTheUser() throws IOException {
    installNode();
    Map<String, String> environment = new HashMap<>(environment());
    environment.putAll(Map.of("HOST", "nonsense", "PRISM", "nonsense"));

    try (MockServer server = start(MockFiles.unpackedTo(cache), environment)) {
      assertThat(server.state()).isEqualTo("the mock is running at " + server.url());
    }
  }

  @Test
  void scriptFindsItsFilesThroughSymbolicLinks() throws IOException {
    installNode();
    MockFiles files = MockFiles.unpackedTo(cache);
    Path links = Files.createDirectories(cache.resolve("links"));
    Path scripts = Files.createDirectories(links.resolve("scripts"));
    Files.createSymbolicLink(links.resolve("absolute"), files.folder().resolve("scripts/mock"));
    Files.createSymbolicLink(scripts.resolve("mock"), Path.of("../absolute"));

    try (MockServer server = start(new MockFiles(links, files.prism()), environment())) {
      assertThat(server.state()).isEqualTo("the mock is running at " + server.url());
    }
  }

  @Test
  @Timeout(60)
  void interruptedStartLeavesNothingBehind() throws Exception {
    Path started = tools.resolve("started");
    new ProcessBuilder("mkfifo", started.toString()).start().waitFor();
    install("node");
    install("npm", "echo $$ >" + started + "; exec tail -f /dev/null");
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread starter = new Thread(() -> failure.complete(catchThrowable(this::start)));
    starter.start();
    long npm = Long.parseLong(Files.readString(started).strip());

    starter.interrupt();

    assertThat(failure.join()).hasMessage("interrupted while starting the mock");
    assertThat(ProcessHandle.of(npm)).isEmpty();
    assertThat(MockFiles.unpackedTo(cache).prism()).isDirectoryNotContaining("glob:**/.prism*");
  }

  @Test
  @Timeout(60)
  void reportsThatDockerCannotStartIt() throws IOException {
    install("docker", "case $* in *' up '*) echo no space left; exit 1;; esac");

    assertThatThrownBy(this::start)
        .hasMessage("the mock did not start: Docker cannot start the mock: no space left");
  }

  @Test
  void reportsThatItNeedsDockerOrNode() {
    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the mock did not start: cannot run the mock: no running Docker engine;"
                + " no Node 18.20 or later; install Docker, or Node 18.20 or later with npm");
  }

  @Test
  void reportsThatPrismCannotBeFetched() throws IOException {
    install("node");
    install("npm", "exit 1");

    assertThatThrownBy(this::start).hasMessageContaining("npm cannot fetch Prism");
    assertThat(MockFiles.unpackedTo(cache).prism()).isDirectoryNotContaining("glob:**/.prism*");
  }

  @Test
  void reportsThatItCannotBeUnpacked() throws IOException {
    Path file = Files.writeString(cache.resolve("file"), "");

    Throwable failure = catchThrowable(() -> MockServer.start(file));

    assertThat(failure)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("cannot unpack the mock to " + file);
  }
}
