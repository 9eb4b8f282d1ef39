package io.github.aimlvideo;

import io.github.aimlvideo.testing.MockServer;

/**
 * The mock of the contract tests, as consumers get it, started once; it ends with this JVM. It runs
 * by Docker or else by Node, and says which; where it cannot run, the tests fail.
 */
public final class Mock {
  private static String url;
  private static IllegalStateException failure;

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
      if (url == null) url = MockServer.start().url();
    } catch (IllegalStateException e) {
      failure = e;
      throw e;
    }
    return url;
  }
}
