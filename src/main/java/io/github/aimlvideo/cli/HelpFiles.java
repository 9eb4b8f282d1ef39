package io.github.aimlvideo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * Writes what picocli prints for help, and the script of completion, to files, for {@link
 * KnownAnswer}. The build runs it.
 */
final class HelpFiles {
  private HelpFiles() {}

  /** Takes the folder. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    CommandLine all = RootCommand.line(nowhere, nowhere);
    write(folder, all);
    Files.writeString(folder.resolve("completion.bash"), CompletionCommand.script(all));
    for (CommandLine command : all.getSubcommands().values()) write(folder, command);
  }

  private static void write(Path folder, CommandLine command) throws IOException {
    Files.writeString(
        folder.resolve(command.getCommandName() + ".help"), command.getUsageMessage());
  }
}
