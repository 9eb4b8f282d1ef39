package io.github.aimlvideo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that has run in a JVM of its own, with the class path of the tests. */
record ForkedJvm(int exitCode, String out, String err) {
  private static final int MAX_SECONDS = 30;

  /**
   * Runs a program in a folder with nothing but a key in its environment, and waits for its end.
   */
  static ForkedJvm run(Path folder, List<String> options, Class<?> main, String... args) {
    Path out = folder.resolve("stdout.txt");
    Path err = folder.resolve("stderr.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command(options, main, args))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("AIML_API_KEY", "key");
    try {
      int exitCode = exitCode(builder.start());
      return new ForkedJvm(exitCode, Files.readString(out), Files.readString(err));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> command(List<String> options, Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(args));
    return command;
  }

  private static int exitCode(Process process) throws InterruptedException {
    try {
      if (process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) return process.exitValue();
      throw new AssertionError("still running after " + MAX_SECONDS + " s");
    } finally {
      process.destroyForcibly();
    }
  }
}
