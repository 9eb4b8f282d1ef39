package consumer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The exit code and output of a program that ran in a JVM of its own. */
record JavaProcess(int exit, List<String> lines) {
  static JavaProcess run(Path jdk, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = process.inputReader().lines().toList();
    return new JavaProcess(process.waitFor(), lines);
  }
}
