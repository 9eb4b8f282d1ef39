package io.github.aimlvideo.cli;

import com.google.gson.Gson;
import io.github.aimlvideo.cli.fixture.ForkedJvm;
import io.github.aimlvideo.cli.fixture.TestFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that runs one command after the other in a folder of its own, as one for each would take a
 * second of CPU. What the process itself does is tested with {@link ForkedJvm}.
 */
public final class CommandHost implements AutoCloseable {
  private static final Deque<CommandHost> IDLE = new ConcurrentLinkedDeque<>();
  private static final Gson GSON = new Gson();

  private final Path folder;
  private final Process process;
  private final BufferedReader results;
  private final PrintStream commands;
  private boolean broken;

  private CommandHost() throws IOException {
    Path files = TestFolder.make("commands");
    folder = Files.createDirectory(files.resolve("folder"));
    Path temporary = Files.createDirectory(files.resolve("tmp"));
    ProcessBuilder builder =
        ForkedJvm.command(temporary, CommandHost.class, List.of()).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("AIML_API_KEY", "key");
    process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    results = process.inputReader(StandardCharsets.UTF_8);
    commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(files)));
  }

  /** With the tests. */
  private void end(Path files) {
    process.destroyForcibly().onExit().join();
    TestFolder.delete(files);
  }

  /** What a command left behind. */
  public record Run(int exitCode, String out, String err) {}

  /** One that nobody uses, with an empty folder; close gives it back. */
  public static CommandHost take() {
    CommandHost idle = IDLE.poll();
    try {
      return idle == null ? new CommandHost() : idle;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the commands run. */
  public Path folder() {
    return folder;
  }

  /** Runs a command, with the key {@code key}; fails after two minutes. */
  public Run run(String... args) {
    if (List.of(args).contains("--verbose")) return fork(args);
    commands.println(GSON.toJson(args));
    try {
      String result =
          CompletableFuture.supplyAsync(this::readLine, task -> new Thread(task).start())
              .get(2, TimeUnit.MINUTES);
      return GSON.fromJson(result, Run.class);
    } catch (Exception e) {
      broken = true;
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", args), e);
    }
  }

  /** The program sets up its log for good. */
  private Run fork(String... args) {
    try (ForkedJvm jvm = ForkedJvm.start(folder, "key", List.of(), Main.class, args)) {
      return new Run(jvm.exitCode(), jvm.out(), jvm.err());
    }
  }

  private String readLine() {
    try {
      return results.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    TestFolder.clear(folder);
    if (!broken) IDLE.push(this);
  }

  /** Runs each line of standard input as a command, until it ends. */
  public static void main(String[] none) throws IOException {
    PrintStream results = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      var command = RootCommand.create(new PrintWriter(out), new PrintWriter(err));
      int code = command.execute(GSON.fromJson(line, String[].class));
      results.println(GSON.toJson(new Run(code, out.toString(), err.toString())));
    }
  }
}
