package io.github.aimlvideo.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh.",
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

  private static String script(CommandLine root) {
    String script = AutoComplete.bash(root.getCommandName(), root);
    // picocli switches file names off where it knows no candidates, as for IMAGE
    return script.replaceAll("(?m)^.* compopt \\+o default\n", "");
  }
}
