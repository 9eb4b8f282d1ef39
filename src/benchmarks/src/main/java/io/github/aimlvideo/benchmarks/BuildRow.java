package io.github.aimlvideo.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A clean build without tests, and one with all tests, of the last commit with warm caches. */
final class BuildRow extends Row {
  private static final Path COPY = FOLDER.resolve("copy");

  BuildRow() {
    super("build");
  }

  @Override
  void measure(Context context) throws Exception {
    run(FOLDER, "rm", "-rf", "copy");
    run(Path.of(""), "git", "clone", "-q", ".", COPY.toString());
    progress("build");
    double[] builds = new double[context.rounds(3)];
    maven("package", "-DskipTests"); // warms the caches
    for (int i = 0; i < builds.length; i++) builds[i] = maven("package", "-DskipTests");
    judge(40, "clean build without tests", AIML_VIDEO, " s", builds);
    progress("tests");
    judge(240, "verify", AIML_VIDEO, " s", maven("verify"));
    run(FOLDER, "rm", "-rf", "copy");
  }

  private static double maven(String... goals) throws IOException, InterruptedException {
    String[] command = new String[goals.length + 5];
    List.of("./mvnw", "-q", "-B", "-ntp", "clean").toArray(command);
    System.arraycopy(goals, 0, command, 5, goals.length);
    return run(COPY, command);
  }

  /** Returns the seconds it took. */
  private static double run(Path folder, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile());
    Path log = FOLDER.resolve("build.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    long begin = System.nanoTime();
    if (builder.start().waitFor() != 0)
      throw new IOException(String.join(" ", command) + " fails, see " + log);
    return (System.nanoTime() - begin) / 1e9;
  }
}
