package io.github.aimlvideo.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
  private @Nullable String argument;

  @Option(names = "--id", paramLabel = "ID", description = "The id, however it begins.")
  private @Nullable String option;

  /** The id that was given to a command. */
  String of(CommandSpec command) {
    String id = Objects.requireNonNull(option != null ? option : argument, "picocli wants one");
    if (id.isBlank()) throw new ParameterException(command.commandLine(), "ID is blank");
    return id;
  }
}
