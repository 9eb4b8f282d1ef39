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
import okhttp3.OkHttpClient;

/**
 * The mock of the API as a process of its own, on a free port; for where JUnit is not: a
 * demonstration, another test framework.
 *
 * <p>A generation is completed at once unless its create says otherwise. The process ends with
 * {@link #close}, or with this JVM however that ends. Safe for use by many threads.
 */
public final class MockServer implements AutoCloseable {
  private static final String READY = "mock: listening on ";

  /** The first start of all has an image or packages to fetch. */
  private static final long LONGEST_START_MINUTES = 10;

  private final Process process;
  private final CompletableFuture<String> address = new CompletableFuture<>();
  private final OkHttpClient http = new OkHttpClient();
  private volatile String lastLine = "it said nothing";

  private MockServer(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "video-api-mock");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts it and returns when it answers: by Docker, or else by Node 18.20 or later; of either
   * with {@code bash}. The very first start on a machine fetches Prism, into the cache folder of
   * the user.
   *
   * @throws IllegalStateException if it cannot run here; the message is one line that says why
   */
  public static MockServer start() {
    return start(CacheFolder.ofUser().orElseGet(MockServer::temporaryFolder));
  }

  static MockServer start(Path cache) {
    try {
      return start(MockFiles.unpackedTo(cache), Map.of());
    } catch (IOException e) {
      throw new IllegalStateException("the mock cannot be unpacked to " + cache + ": " + e, e);
    }
  }

  static MockServer start(MockFiles files, Map<String, String> environment) {
    MockServer server = new MockServer(begin(files, environment));
    try {
      server.address.get(LONGEST_START_MINUTES, TimeUnit.MINUTES);
      return server;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the mock did not start: " + Objects.requireNonNull(e.getCause()).getMessage());
    } catch (TimeoutException e) {
      server.close();
      throw new IllegalStateException(
          "the mock did not start in " + LONGEST_START_MINUTES + " minutes: " + server.lastLine, e);
    } catch (InterruptedException e) {
      server.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the mock started", e);
    }
  }

  /** It ends when its standard input does, which is when this JVM is gone. */
  private static Process begin(MockFiles files, Map<String, String> environment) {
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

  /** Prints what it says until it is ready, as that tells what runs and what is fetched. */
  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (!line.isBlank()) lastLine = line.replaceFirst("^mock: ", "");
        if (line.startsWith(READY)) address.complete(line.substring(READY.length()));
        else if (!address.isDone()) System.out.println(line);
      }
    } catch (IOException e) {
      lastLine = e.toString(); // it was closed
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

  /** Whether it runs, for the message of a call that failed. */
  String state() {
    if (process.isAlive()) return "the mock runs at " + url();
    return "the mock ended with " + process.exitValue() + " (" + lastLine + ")";
  }

  /**
   * Ends it, and waits for that: moments by Node, seconds by Docker.
   *
   * <p>One that does not end with its input within 20 s is sent SIGTERM, and killed after 20 s
   * more; only then can containers or a download stay behind. One that is still starting is sent
   * SIGTERM at once. An interrupted thread sends SIGTERM, and does not wait.
   */
  @Override
  public void close() {
    http.connectionPool().evictAll();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy(); // it has ended, or cannot hear us
    }
    if (!address.isDone()) process.destroy(); // nothing reads its input yet
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
