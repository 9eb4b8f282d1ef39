package io.github.aimlvideo.cli.generation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The id of a generation, as an argument or as an option. */
final class GenerationId {
  @Parameters(
      paramLabel = "ID",
      description = "Id of the generation; if it begins with -, use --id=ID or put it after --.")
  private @Nullable String argument;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Id of the generation, whatever it begins with.")
  private @Nullable String option;

  /** The id that a command was given. */
  String value(CommandSpec command) {
    String id = Objects.requireNonNull(option != null ? option : argument, "picocli requires one");
    if (id.isBlank()) throw new ParameterException(command.commandLine(), "ID is blank");
    return id;
  }
}
