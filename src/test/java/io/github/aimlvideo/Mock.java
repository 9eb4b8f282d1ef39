package io.github.aimlvideo;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The mock of the contract tests: scripts/mock, started once and ended with the tests. It runs by
 * Docker or else by Node, and says which; where it cannot run, the tests fail.
 */
public final class Mock {
  private static final String READY = "mock: listening on ";
  private static String url;
  private static AssertionError failure;

  private Mock() {}

  /** A Prism: the one of the environment variable PRISM_URL, else that of the mock. */
  static String prismUrl() {
    String given = System.getenv("PRISM_URL");
    if (given == null || given.isBlank()) return url();
    System.out.println("mock: the Prism at PRISM_URL, " + given);
    return given.replaceFirst("/+$", "");
  }

  /** The mock, in which a generation completes at once unless its create says otherwise. */
  public static synchronized String url() {
    if (failure != null) throw failure;
    try {
      if (url == null) url = start();
    } catch (AssertionError e) {
      failure = e;
      throw e;
    }
    return url;
  }

  private static String start() {
    try {
      Process mock =
          new ProcessBuilder(
                  "bash", "scripts/mock", "--port", "0", "--queued", "0", "--generating", "0")
              .redirectErrorStream(true)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(mock)));
      BufferedReader output = mock.inputReader();
      StringBuilder log = new StringBuilder();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        System.out.println(line);
        log.append(line).append('\n');
        if (line.startsWith(READY)) {
          Threads.daemons("mock-output").newThread(() -> output.lines().forEach(x -> {})).start();
          return line.substring(READY.length());
        }
      }
      throw new AssertionError("the mock did not start:\n" + log);
    } catch (IOException e) {
      throw new AssertionError("the mock did not start", e);
    }
  }

  private static void stop(Process mock) {
    mock.destroy();
    try {
      if (!mock.waitFor(20, TimeUnit.SECONDS)) mock.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
