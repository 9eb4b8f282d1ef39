package io.github.aimlvideo.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts the command. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true);
    if (List.of(args).equals(List.of("--version"))) { // picocli would take 0.3 s of CPU
      out.println(RootCommand.Version.line());
      return;
    }
    AtomicBoolean finished = new AtomicBoolean();
    interruptOnSignal(Thread.currentThread(), finished);
    PrintWriter err = new PrintWriter(System.err, true);
    int code = RootCommand.create(out, err).execute(args);
    out.flush(); // print, unlike println, leaves text in the buffer
    err.flush();
    // after a signal the JVM ends by itself, with 129, 130 or 143, and waits for this thread
    if (!Thread.interrupted()) {
      finished.set(true);
      // all other threads are daemons; on newer JDKs System.exit() first loads a logger
      if (code != 0) System.exit(code);
    }
  }

  /** On a signal, interrupts the work and gives it 5 s to clean up and print how to resume. */
  private static void interruptOnSignal(Thread work, AtomicBoolean finished) {
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
