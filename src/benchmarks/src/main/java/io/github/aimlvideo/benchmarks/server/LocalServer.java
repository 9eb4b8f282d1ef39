package io.github.aimlvideo.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/** A {@link FastServer} in a process of its own; it ends with this object, or with this JVM. */
public final class LocalServer implements AutoCloseable {
  private final Process process;
  private final String url;

  private LocalServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  public static LocalServer start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                FastServer.class.getName())
            .redirectError(Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader();
    return new LocalServer(process, "http://127.0.0.1:" + out.readLine());
  }

  public String url() {
    return url;
  }

  public Control control() {
    return new Control(url);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
