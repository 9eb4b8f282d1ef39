package io.github.aimlvideo.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.ScreenTerminal;

/** The command on a pseudo terminal of {@code script} (util-linux). */
final class TerminalSession implements AutoCloseable {
  static final int ROWS = 24;

  /** A progress line as {@code LiveProgress} writes it. */
  private static final Pattern FRAME = Pattern.compile("\033\\[\\?7l(.*?)\033\\[J\033\\[\\?7h\r");

  /** The shell ignores Ctrl-C; perl restores SIGINT, which a build may ignore. */
  private static final String SHELL =
      """
      trap : INT
      tty >tty
      stty cols %d rows %d
      stty -a >before
      job() {
        env -i PATH="$PATH" LC_ALL=C.UTF-8 AIML_API_KEY=key %s \\
          perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV or die $!' \\
          %s
      }
      %s
      echo $? >code
      stty -a >after
      """;

  private final Path folder;
  private final Path temporary;
  private final int columns;
  private final Process process;
  private final Reader reader;
  private final StringBuilder output = new StringBuilder();

  private TerminalSession(Path folder, Path temporary, int columns, Process process) {
    this.folder = folder;
    this.temporary = temporary;
    this.columns = columns;
    this.process = process;
    reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
  }

  /**
   * Starts a shell that runs {@code run}, where the function {@code job} is the command.
   *
   * @param environment variables as for env(1)
   */
  static TerminalSession start(
      Path folder, int columns, String environment, String run, String... args) {
    Path temporary = TestFolder.make("terminal");
    List<String> options = List.of("-Xlog:class+load:file=classes");
    List<String> java = ForkedJvm.command(temporary, Main.class, options).command();
    String command =
        Stream.concat(java.stream(), Arrays.stream(args))
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    try {
      Files.writeString(
          folder.resolve("run"), SHELL.formatted(columns, ROWS, environment, command, run));
      Process script =
          new ProcessBuilder("script", "-qefc", "sh run", "/dev/null")
              .directory(folder.toFile())
              .start();
      // reading its output cannot be interrupted, so it must end
      script.onExit().orTimeout(2, TimeUnit.MINUTES).exceptionally(late -> end(script));
      return new TerminalSession(folder, temporary, columns, script);
    } catch (IOException e) {
      throw new AssertionError("needs script of util-linux", e);
    }
  }

  /** Reads until the output matches. */
  void until(Predicate<String> wanted) {
    try {
      while (!wanted.test(output.toString())) {
        int c = reader.read();
        if (c < 0) throw new AssertionError("ended with: " + output);
        output.append((char) c);
      }
    } catch (IOException e) {
      throw new AssertionError(output.toString(), e);
    }
  }

  /** Reads until a new progress line matches. */
  void untilFrame(Predicate<String> wanted) {
    int before = frames().size();
    until(
        all ->
            all.endsWith("\r")
                && frames().size() > before
                && wanted.test(frames().get(frames().size() - 1)));
  }

  void type(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  void signal(String name) throws Exception {
    ProcessHandle java =
        process
            .descendants()
            .filter(child -> child.info().command().orElse("").endsWith("/java"))
            .findFirst()
            .orElseThrow();
    new ProcessBuilder("kill", "-" + name, "" + java.pid()).start().waitFor();
  }

  void resize(int newColumns) throws Exception {
    Path terminal = Path.of(read("tty").strip());
    new ProcessBuilder("stty", "cols", "" + newColumns)
        .redirectInput(terminal.toFile())
        .start()
        .waitFor();
  }

  /** Reads the rest and returns the exit code. */
  int exitCode() throws Exception {
    StringBuilder rest = new StringBuilder();
    for (int c = reader.read(); c >= 0; c = reader.read()) rest.append((char) c);
    output.append(rest);
    if (!process.waitFor(2, TimeUnit.MINUTES)) throw new AssertionError("still running");
    return Integer.parseInt(read("code").strip());
  }

  /** The output so far. */
  String output() {
    return output.toString();
  }

  /** All progress lines so far. */
  List<String> frames() {
    return FRAME.matcher(output).results().map((MatchResult frame) -> frame.group(1)).toList();
  }

  /** The lines on the screen. */
  List<String> screen() {
    ScreenTerminal screen = new ScreenTerminal(columns, ROWS);
    screen.write(output);
    long[] cells = new long[columns * ROWS];
    screen.dump(cells, new int[2]);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      if (i % columns == 0) text.append('\n');
      text.appendCodePoint(Math.max(' ', ScreenTerminal.cellCodePoint(cells[i])));
    }
    return text.toString()
        .lines()
        .map(String::stripTrailing)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Whether the modes of the terminal are unchanged. */
  boolean isAsBefore() throws IOException {
    return read("before").equals(read("after"));
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  @Override
  public void close() {
    end(process).onExit().join();
    TestFolder.delete(temporary);
  }

  private static Process end(Process script) {
    script.descendants().forEach(ProcessHandle::destroyForcibly);
    return script.destroyForcibly();
  }
}
