package io.github.aimlvideo.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Names a generation, in one of two ways. */
final class GenerationId {
  @Parameters(
      paramLabel = "ID",
      description =
          "The id of the generation; one that begins with - goes after -- or into --id=ID.")
  private String argument;

  @Option(names = "--id", paramLabel = "ID", description = "The id, however it begins.")
  private String option;

  /** The id that was given to a command. */
  String of(CommandSpec command) {
    String id = option != null ? option : argument;
    if (id.isBlank()) throw new ParameterException(command.commandLine(), "ID is blank");
    return id;
  }
}
