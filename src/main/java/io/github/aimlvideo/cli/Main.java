package io.github.aimlvideo.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The command {@code aiml-video}. */
@Command(
    name = "aiml-video",
    description = "Makes videos from pictures on the AI/ML API.",
    subcommands = {GenerateCommand.class, WaitCommand.class, HelpCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "The key comes from the environment variable AIML_API_KEY.",
      "",
      "Exit codes: 0 done, 1 the generation failed, 2 wrong usage or input,",
      "3 timed out but still running, 4 key or credits, 5 other failure,",
      "6 unknown whether it was accepted, 130 and 143 interrupted.",
    })
public final class Main {
  private Main() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    AtomicBoolean finished = new AtomicBoolean();
    stopOnSignal(Thread.currentThread(), finished);
    int code =
        commandLine(new PrintWriter(System.out, true), new PrintWriter(System.err, true))
            .execute(args);
    // after a signal the JVM already ends, with 130 or 143, and waits for this thread alone
    if (!Thread.interrupted()) {
      finished.set(true);
      System.exit(code);
    }
  }

  private static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine command = new CommandLine(new Main());
    command.setOut(out).setErr(err);
    command.setUsageHelpAutoWidth(true);
    command.setParameterExceptionHandler(Main::usageError);
    return command;
  }

  private static int usageError(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String help = " (see " + command.getCommandSpec().qualifiedName() + " --help)";
    command.getErr().println("aiml-video: " + e.getMessage() + help);
    if (List.of(args).contains("--json")) {
      Result result = new Result();
      result.failed(new IllegalArgumentException(e), e.getMessage());
      command.getOut().println(result.toJson());
    }
    return ExitCode.USAGE;
  }

  /**
   * Interrupts the work, so that it cleans up and tells how to go on, and gives it 5 s for that.
   */
  private static void stopOnSignal(Thread work, AtomicBoolean finished) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (finished.get()) return;
                  work.interrupt();
                  try {
                    work.join(5000);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"aiml-video " + (version == null ? "(not packaged)" : version)};
    }
  }
}
