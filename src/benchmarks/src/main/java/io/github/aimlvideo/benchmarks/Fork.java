package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program in a fresh JVM; it prints what it measured as one line of JSON. */
final class Fork {
  static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final List<String> command = new ArrayList<>();

  private Fork() {}

  static Fork of(Class<?> main, List<String> options, Object... args) {
    Fork fork = new Fork();
    fork.command.add(JAVA);
    fork.command.addAll(options);
    fork.command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Stream.of(args).map(String::valueOf).forEach(fork.command::add);
    return fork;
  }

  /** What it measured; fails if it does. */
  JsonObject measure() throws IOException, InterruptedException {
    return run(Redirect.INHERIT, 20, TimeUnit.MINUTES)
        .orElseThrow(() -> new IOException("failed: " + command.subList(1, command.size())));
  }

  /** Whether it succeeds within ten seconds. */
  boolean succeeds() throws IOException, InterruptedException {
    return run(Redirect.DISCARD, 10, TimeUnit.SECONDS).isPresent();
  }

  private Optional<JsonObject> run(Redirect errors, long limit, TimeUnit unit)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectError(errors).start();
    try {
      process.getOutputStream().close();
      boolean inTime = process.waitFor(limit, unit);
      if (!inTime || process.exitValue() != 0) return Optional.empty();
      byte[] out = process.getInputStream().readAllBytes();
      String line = new String(out, StandardCharsets.UTF_8);
      return Optional.of(JsonParser.parseString(line).getAsJsonObject());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
