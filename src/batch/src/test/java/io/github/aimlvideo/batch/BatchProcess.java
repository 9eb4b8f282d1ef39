package io.github.aimlvideo.batch;

import io.github.aimlvideo.VideoClient;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs a batch in a process of its own, which ends itself at a given point. */
final class BatchProcess {
  /** Where the process ends itself, without a word. */
  enum Point {
    NOWHERE,
    /** Between the commit of the claim and its create. */
    BEFORE_POST,
    /** Between the response and its record. */
    BEFORE_RECORD,
    /** Between the video and its record. */
    BEFORE_SAVED
  }

  private BatchProcess() {}

  /** Arguments: folder, URL, rows, limit in flight, point, how often it is passed before. */
  public static void main(String[] args) throws Exception {
    Point point = Point.valueOf(args[4]);
    AtomicInteger left = new AtomicInteger(Integer.parseInt(args[5]));
    BatchListener listener =
        new BatchListener() {
          @Override
          public void onCreated(String name, String generationId) {
            System.out.println("created " + name + " " + generationId);
            if (point == Point.BEFORE_RECORD) endAt(left);
          }
        };
    try (BatchFolder folder = new BatchFolder(Path.of(args[0]), args[1]);
        VideoBatch batch =
            folder
                .builder()
                .client(ending(folder.client, point, left))
                .listener(listener)
                .maxInFlight(Integer.parseInt(args[3]))
                .resubmitUnknown(true)
                .build()) {
      batch.addAll(BatchFolder.rows("fox", Integer.parseInt(args[2])));
      System.out.println("added");
      BatchSummary summary = batch.run();
      System.out.println(summary);
      System.exit(summary.isComplete() ? 0 : 1);
    }
  }

  private static void endAt(AtomicInteger left) {
    if (left.getAndDecrement() <= 0) Runtime.getRuntime().halt(137);
  }

  private static VideoClient ending(VideoClient client, Point point, AtomicInteger left) {
    return (VideoClient)
        Proxy.newProxyInstance(
            VideoClient.class.getClassLoader(),
            new Class<?>[] {VideoClient.class},
            (proxy, method, arguments) -> {
              if (point == Point.BEFORE_POST && method.getName().equals("createAsync")) endAt(left);
              try {
                Object result = method.invoke(client, arguments);
                if (point == Point.BEFORE_SAVED && method.getName().equals("download")) endAt(left);
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /**
   * Starts it; its output goes to a file beside the folder.
   *
   * @param options of the JVM, with the class path
   */
  static Process start(
      List<String> options,
      Path folder,
      String url,
      int rows,
      int maxInFlight,
      Point point,
      int passes)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(beside(folder, "tmp")));
    command.add(BatchProcess.class.getName());
    command.addAll(List.of(folder.toString(), url, "" + rows, "" + maxInFlight));
    command.addAll(List.of(point.name(), "" + passes));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output(folder).toFile())
        .start();
  }

  private static Path beside(Path folder, String name) {
    return folder.resolveSibling(folder.getFileName() + "-" + name);
  }

  /** What the last process has printed. */
  static Path output(Path folder) {
    return beside(folder, "output.txt");
  }

  /** Ends after so long, or within two minutes. */
  static int await(Process process) throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the batch does not end");
    }
    return process.exitValue();
  }
}
