package io.github.aimlvideo.cli;

import io.github.aimlvideo.VideoClient;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "wait",
    description = "Wait for an existing generation and download its video.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  aiml-video wait nJ8Xcj0YCh8jZL1noqiZH -o glasses.mp4",
      "  aiml-video wait --id=-J8Xcj0YCh8jZL1noqiZH --timeout 1h",
    })
final class WaitCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private GenerationId id;

  @Option(
      names = {"-o", "--output"},
      converter = OutputFile.Converter.class,
      paramLabel = "FILE",
      description = "Where to save the video (default: the id with .mp4, in this folder).")
  private @Nullable Path output;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandRunner run = new CommandRunner(spec, common, output);
    String generationId = id.value(spec);
    return run.execute(
        () -> {
          Path file =
              output != null ? output : OutputFile.unused(OutputFile.safeName(generationId));
          try (VideoClient client = common.client(run)) {
            run.printId(generationId);
            run.showProgress(file, "resuming");
            run.save(file, () -> client.await(generationId, file));
          }
        });
  }
}
