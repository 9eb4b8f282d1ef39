package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program in a process of its own, which prints what it measures as lines of JSON. */
final class Fork implements AutoCloseable {
  private static final int LIMIT_MINUTES = 120;

  private final List<String> command;
  private final Process process;
  private final PrintWriter in;
  private final BufferedReader out;

  Fork(List<String> command) throws IOException {
    this.command = command;
    process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    in = new PrintWriter(process.outputWriter(), true);
    out = process.inputReader();
    CompletableFuture.delayedExecutor(LIMIT_MINUTES, TimeUnit.MINUTES)
        .execute(process::destroyForcibly);
  }

  /** Runs a class of this class path in a fresh JVM. */
  static Fork java(Class<?> main, List<String> options, Object... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Stream.of(args).map(String::valueOf).forEach(command::add);
    return new Fork(command);
  }

  /** Passes one line to the program. */
  void tell(Object line) {
    in.println(line);
  }

  /** Passes one line to the program, and returns what it measures then. */
  JsonObject ask(Object line) throws IOException {
    tell(line);
    return next();
  }

  /** Returns what the program measures next. */
  JsonObject next() throws IOException {
    String line = out.readLine();
    if (line == null) throw new IOException("failed: " + command.subList(1, command.size()));
    return JsonParser.parseString(line).getAsJsonObject();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
