package io.github.aimlvideo.cli;

import io.github.aimlvideo.cli.account.ListCommand;
import io.github.aimlvideo.cli.account.ModelsCommand;
import io.github.aimlvideo.cli.audit.AuditCommand;
import io.github.aimlvideo.cli.batch.BatchCommand;
import io.github.aimlvideo.cli.batch.ProgressCommand;
import io.github.aimlvideo.cli.batch.WorkerCommand;
import io.github.aimlvideo.cli.generation.GenerateCommand;
import io.github.aimlvideo.cli.generation.RecoverCommand;
import io.github.aimlvideo.cli.generation.RunResult;
import io.github.aimlvideo.cli.generation.StatusCommand;
import io.github.aimlvideo.cli.generation.WaitCommand;
import io.github.aimlvideo.cli.studio.StudioCommand;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The command {@code aiml-video}. */
@Command(
    name = "aiml-video",
    description = "Generate videos from images on the AI/ML API.",
    subcommands = {
      GenerateCommand.class,
      WaitCommand.class,
      StatusCommand.class,
      RecoverCommand.class,
      ListCommand.class,
      ModelsCommand.class,
      StudioCommand.class,
      BatchCommand.class,
      WorkerCommand.class,
      ProgressCommand.class,
      AuditCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "The API key is read from the environment variable AIML_API_KEY, and proxies from",
      "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.",
      "",
      "Examples:",
      "  aiml-video generate mona-lisa.jpg -p \"She puts on glasses.\" -o glasses.mp4",
      "  aiml-video batch videos.csv --out videos",
      "  aiml-video generate --help",
      "",
      "Exit codes: 0 done, 1 generation failed, 2 wrong usage or input,",
      "3 timed out but still running, 4 key or credits, 5 other failure,",
      "6 unknown whether the create was accepted, 129, 130 and 143 ended by a signal.",
    })
final class RootCommand {
  private RootCommand() {}

  static CommandLine create(PrintWriter out, PrintWriter err) {
    CommandLine command = new CommandLine(new RootCommand());
    command.setOut(out).setErr(err);
    // a prompt may begin with @
    command.setExpandAtFiles(false);
    command.getSubcommands().values().forEach(each -> each.setExpandAtFiles(false));
    command.setUsageHelpWidth(100);
    command.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    command.setParameterExceptionHandler(RootCommand::usageError);
    command.setExecutionStrategy(RootCommand::execute);
    return command;
  }

  private static int execute(ParseResult arguments) {
    UsageError.undecoded(arguments.originalArgs())
        .ifPresent(
            problem -> {
              throw new ParameterException(arguments.commandSpec().commandLine(), problem);
            });
    return new RunLast().execute(arguments);
  }

  private static int usageError(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    if (args.length == 0) {
      command.usage(command.getErr());
      return ExitCode.USAGE;
    }
    String help = "; see " + command.getCommandSpec().qualifiedName() + " --help";
    String message = UsageError.undecoded(List.of(args)).orElseGet(() -> UsageError.message(e));
    command.getErr().println("aiml-video: " + TerminalText.message(message) + help);
    if (List.of(args).contains("--json")) {
      RunResult result = new RunResult();
      result.setFailure(new IllegalArgumentException(e), message);
      command.getOut().println(result.toJson());
    }
    return ExitCode.USAGE;
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {line()};
    }

    static String line() {
      String version = RootCommand.class.getPackage().getImplementationVersion();
      return "aiml-video " + (version == null ? "(not packaged)" : version);
    }
  }
}
