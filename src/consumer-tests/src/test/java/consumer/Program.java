package consumer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A program in a Java of its own, and what it printed. */
record Program(int exit, List<String> lines) {
  static final Path CLASSES = Path.of("target/classes").toAbsolutePath();

  /** The library and all that it brings, as Maven resolves it for a consumer. */
  static List<Path> library() throws IOException {
    return Stream.of(
            Files.readString(Path.of("target/runtime-classpath")).trim().split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }

  static List<Path> classPath() throws IOException {
    List<Path> path = new ArrayList<>(library());
    path.add(CLASSES);
    return path;
  }

  static String joined(List<Path> path) {
    return String.join(File.pathSeparator, path.stream().map(Path::toString).toList());
  }

  static Program run(Path jdk, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = process.inputReader().lines().toList();
    return new Program(process.waitFor(), lines);
  }
}
