package io.github.aimlvideo.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = "Prints a script with which bash and zsh complete commands and options.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  source <(aiml-video completion)",
      "  aiml-video completion >~/.local/share/bash-completion/completions/aiml-video",
    })
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    command.getOut().print(script(command.getParent()));
  }

  /** The same on every system, so that the build can make it. */
  static String script(CommandLine root) {
    String script = AutoComplete.bash(root.getCommandName(), root);
    // picocli switches off that files are completed where it knows nothing, as for a picture
    return script.replaceAll("(?m)^.* compopt \\+o default\n", "");
  }
}
