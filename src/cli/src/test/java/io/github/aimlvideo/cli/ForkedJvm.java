package io.github.aimlvideo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in its own JVM, with the class path of the tests. */
public final class ForkedJvm implements AutoCloseable {
  /** Restores signals that a build in the background ignores and hands down. */
  static final List<String> RESTORE_SIGNALS =
      List.of("perl", "-e", "$SIG{INT} = $SIG{HUP} = 'DEFAULT'; exec @ARGV or die $!");

  private final Process process;
  private final Path files;

  private ForkedJvm(Process process, Path files) {
    this.process = process;
    this.files = files;
  }

  /** Starts it with the key as its only environment variable, or none if that is null. */
  public static ForkedJvm start(
      Path folder, String key, List<String> options, Class<?> main, String... args) {
    return start(RESTORE_SIGNALS, folder, key, options, main, args);
  }

  /** Starts it so that no file can grow beyond so many KiB. */
  public static ForkedJvm startLimited(int kibibytes, Path folder, Class<?> main, String... args) {
    List<String> limited =
        List.of("bash", "-c", "ulimit -f " + kibibytes + "; exec \"$@\"", "limited");
    return start(limited, folder, "key", List.of("-XX:-UsePerfData"), main, args);
  }

  /** Starts it with a file as standard input, as a shell does. */
  public static ForkedJvm startWithInput(Path input, Path folder, Class<?> main, String... args) {
    List<String> redirected = List.of("bash", "-c", "exec \"$@\" <\"$0\"", input.toString());
    return start(redirected, folder, "key", List.of(), main, args);
  }

  /** Starts it with one more environment variable, as {@code NAME=VALUE}. */
  public static ForkedJvm startWithVariable(
      String variable, Path folder, Class<?> main, String... args) {
    return start(List.of("env", variable), folder, "key", List.of(), main, args);
  }

  /** A command line for a class of the tests, with a folder for its temporary files. */
  static ProcessBuilder command(Path temporary, Class<?> main, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(TestClasses.options());
    command.addAll(options);
    command.add(main.getName());
    return new ProcessBuilder(command);
  }

  private static ForkedJvm start(
      List<String> before,
      Path folder,
      String key,
      List<String> options,
      Class<?> main,
      String... args) {
    Path files = TestFolder.make("forked");
    List<String> command = new ArrayList<>(before);
    command.addAll(command(files, main, options).command());
    command.addAll(List.of(args));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().clear();
      if (key != null) builder.environment().put("AIML_API_KEY", key);
      builder.redirectOutput(files.resolve("out").toFile());
      builder.redirectError(files.resolve("err").toFile());
      return new ForkedJvm(builder.start(), files);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The exit code; fails after two minutes. */
  public int exitCode() {
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES))
        throw new AssertionError("still running: " + err());
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public boolean isAlive() {
    try {
      return !process.waitFor(20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The number of threads now; 0 if it is unknown. */
  public int threads() {
    try (var threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      return (int) threads.count();
    } catch (IOException | java.io.UncheckedIOException e) { // it has just ended
      return 0;
    }
  }

  /** Waits for a text in the output; fails if the program ends without it. */
  public void awaitText(String text) {
    try {
      while (!(out() + err()).contains(text)) {
        if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
          throw new AssertionError("ended without " + text + ": " + err());
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Standard output so far. */
  public String out() {
    return read("out");
  }

  public String err() {
    return read("err");
  }

  private String read(String file) {
    try {
      return Files.readString(files.resolve(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    TestFolder.delete(files);
  }
}
