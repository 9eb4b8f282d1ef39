package io.github.aimlvideo.cli;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.OkHttpClient;

/** Starts the command. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true);
    loadTls();
    AtomicBoolean finished = new AtomicBoolean();
    stopOnSignal(Thread.currentThread(), finished);
    int code = RootCommand.line(out, new PrintWriter(System.err, true)).execute(args);
    // after a signal the JVM already ends, with 130 or 143, and waits for this thread alone
    if (!Thread.interrupted()) {
      finished.set(true);
      // all other threads are daemons; exit() looks for a logger first, on newer JDKs
      if (code != 0) System.exit(code);
    }
  }

  /** While picocli reads the command, another thread loads OkHttp, TLS and the trusted roots. */
  private static void loadTls() {
    Thread loader = new Thread(OkHttpClient::new);
    loader.setDaemon(true);
    loader.setUncaughtExceptionHandler((thread, e) -> {}); // the command will say it
    loader.start();
  }

  /**
   * Interrupts the work, so that it cleans up and tells how to go on, and gives it 5 s for that.
   */
  private static void stopOnSignal(Thread work, AtomicBoolean finished) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (finished.get()) return;
                  work.interrupt();
                  try {
                    work.join(5000);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }
}
