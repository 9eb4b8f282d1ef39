package io.github.aimlvideo.cli.generation;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.cli.CommonOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the status and video URL of a generation. */
@Command(
    name = "status",
    description = {
      "Show the status and video URL of a generation.",
      "The exit code is 0 for any status but that of a failed generation, which is 1."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  aiml-video status nJ8Xcj0YCh8jZL1noqiZH",
      "  aiml-video status nJ8Xcj0YCh8jZL1noqiZH --json --quiet",
    })
public final class StatusCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private GenerationId id;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandRunner run = new CommandRunner(spec, common, null);
    String generationId = id.value(spec);
    return run.execute(
        () -> {
          try (VideoClient client = run.client()) {
            run.listener().printId(generationId);
            run.poll(() -> client.get(generationId));
          }
        });
  }
}
