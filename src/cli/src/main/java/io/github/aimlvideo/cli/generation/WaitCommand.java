package io.github.aimlvideo.cli.generation;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.cli.CommonOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Waits for an existing generation and saves its video. */
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
public final class WaitCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private GenerationId id;

  @Mixin private OutputFile output;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandRunner run = new CommandRunner(spec, common, output);
    String generationId = id.value(spec);
    return run.execute(
        () -> {
          output.check();
          try (VideoClient client = run.client()) {
            run.await(client, generationId);
          }
        });
  }
}
