package io.github.aimlvideo;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * The mock of the contract tests: {@code scripts/mock}, started once, by Docker or else by Node. It
 * ends with this JVM. Where it cannot run, the tests fail.
 */
final class Mock {
  private static final String READY = "mock: listening on ";
  private static CompletableFuture<String> started;

  private Mock() {}

  /** A Prism: the one of the environment variable PRISM_URL, else that of the mock. */
  static String prismUrl() {
    String given = System.getenv("PRISM_URL");
    return given == null || given.isBlank() ? url() : given.replaceFirst("/+$", "");
  }

  /** The mock, in which a generation completes at once unless its create says otherwise. */
  static synchronized String url() {
    if (started == null) started = start();
    return started.join();
  }

  private static CompletableFuture<String> start() {
    CompletableFuture<String> url = new CompletableFuture<>();
    try {
      // its standard input ends with this JVM
      Process mock =
          new ProcessBuilder(
                  ("bash ../../scripts/mock --until-eof --port 0 --queued 0 --generating 0")
                      .split(" "))
              .redirectErrorStream(true)
              .start();
      Thread reader = new Thread(() -> read(mock, url), "mock");
      reader.setDaemon(true);
      reader.start();
    } catch (IOException e) {
      url.completeExceptionally(e);
    }
    return url;
  }

  private static void read(Process mock, CompletableFuture<String> url) {
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines = mock.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY)) url.complete(line.substring(READY.length()));
        else if (!url.isDone()) output.append(line).append('\n');
      }
    } catch (IOException e) {
      output.append(e);
    }
    url.completeExceptionally(new IllegalStateException("the mock did not start: " + output));
  }
}
