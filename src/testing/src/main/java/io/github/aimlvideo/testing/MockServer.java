package io.github.aimlvideo.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/**
 * A mock of the API in its own process, on a free port. Use it without JUnit, for example in
 * another test framework or a demo.
 *
 * <p>Generations complete at once unless the create says otherwise. The process ends when it is
 * closed, or with this JVM, even if that is killed. Thread-safe.
 */
public final class MockServer implements AutoCloseable {
  private static final String READY = "mock: listening on ";

  /** The first start has to fetch a Docker image or packages. */
  private static final long START_TIMEOUT_MINUTES = 10;

  private final Process process;
  private final CompletableFuture<String> address = new CompletableFuture<>();
  private final OkHttpClient http = new OkHttpClient();
  private final Consumer<String> progress;
  private volatile String lastLine = "no output";

  private MockServer(Process process, Consumer<String> progress) {
    this.process = process;
    this.progress = progress;
    Thread reader = new Thread(this::read, "video-api-mock");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts the mock and waits until it accepts requests. It needs {@code bash}, and Docker or Node
   * 18.20 or later. The first start on a machine fetches Prism: as a Docker image, or with npm into
   * the user's cache folder.
   *
   * @throws IllegalStateException if the mock cannot run on this machine; the message says why, in
   *     one line
   */
  public static MockServer start() {
    return start(CacheFolder.ofUser().orElseGet(MockServer::temporaryFolder));
  }

  static MockServer start(Path cache) {
    try {
      return start(MockFiles.unpackedTo(cache), Map.of(), System.out::println);
    } catch (IOException e) {
      throw new IllegalStateException("cannot unpack the mock to " + cache + ": " + e, e);
    }
  }

  static MockServer start(
      MockFiles files, Map<String, String> environment, Consumer<String> progress) {
    MockServer server = new MockServer(launch(files, environment), progress);
    try {
      server.address.get(START_TIMEOUT_MINUTES, TimeUnit.MINUTES);
      return server;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the mock did not start: " + Objects.requireNonNull(e.getCause()).getMessage());
    } catch (TimeoutException e) {
      server.close();
      throw new IllegalStateException(
          "the mock did not start in " + START_TIMEOUT_MINUTES + " minutes: " + server.lastLine, e);
    } catch (InterruptedException e) {
      server.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting the mock", e);
    }
  }

  /** The process ends when its standard input ends, at the latest when this JVM does. */
  private static Process launch(MockFiles files, Map<String, String> environment) {
    ProcessBuilder mock =
        new ProcessBuilder(
                "bash",
                "scripts/mock",
                "--until-eof",
                "--port",
                "0",
                "--queued",
                "0",
                "--generating",
                "0")
            .directory(files.folder().toFile())
            .redirectErrorStream(true);
    mock.environment().putAll(environment);
    mock.environment().put("PRISM_HOME", files.prism().toString());
    try {
      return mock.start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "the mock did not start: it needs bash: " + e.getMessage(), e);
    }
  }

  /** Reports the output until the mock is ready: how it runs, and what it fetches. */
  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (!line.isBlank()) lastLine = line.replaceFirst("^mock: ", "");
        if (line.startsWith(READY)) address.complete(line.substring(READY.length()));
        else if (!address.isDone()) progress.accept(line);
      }
    } catch (IOException e) {
      lastLine = e.toString(); // the stream was closed
    }
    address.completeExceptionally(new IOException(lastLine));
  }

  private static Path temporaryFolder() {
    return Path.of(System.getProperty("java.io.tmpdir"), "aiml-video");
  }

  /** The base URL of the API, such as {@code http://127.0.0.1:40123}. */
  public String url() {
    return address.join();
  }

  OkHttpClient http() {
    return http;
  }

  /** Whether the process is running, for error messages. */
  String state() {
    if (process.isAlive()) return "the mock is running at " + url();
    return "the mock exited with " + process.exitValue() + " (" + lastLine + ")";
  }

  /**
   * Ends the process and waits for it: an instant on Node, a few seconds in Docker.
   *
   * <p>A process that is still running after 20 s gets a SIGTERM, and is killed after another 20 s;
   * only then can containers or a partial download be left behind. A process that is still starting
   * gets the SIGTERM at once. If the thread is interrupted, this method sends a SIGTERM and does
   * not wait.
   */
  @Override
  public void close() {
    http.connectionPool().evictAll();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy(); // it has ended, or its input is broken
    }
    if (!address.isDone()) process.destroy(); // it does not read its input yet
    try {
      if (hasEnded()) return;
      process.destroy();
      if (!hasEnded()) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasEnded() throws InterruptedException {
    return process.waitFor(20, TimeUnit.SECONDS);
  }
}
