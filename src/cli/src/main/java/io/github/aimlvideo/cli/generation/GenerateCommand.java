package io.github.aimlvideo.cli.generation;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.cli.CommonOptions;
import io.github.aimlvideo.cli.request.RequestOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Generates a video from an image. */
@Command(
    name = "generate",
    description = "Generate a video from an image.",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  aiml-video generate mona-lisa.jpg -p \"She puts on glasses.\" -o glasses.mp4",
      "  aiml-video generate fox.png -d 10 --camera-config pan=-5",
      "  aiml-video generate fox.png --static-mask snow.png --dynamic-masks masks.json",
      "  aiml-video generate --request fox.json --no-wait",
    })
public final class GenerateCommand implements Callable<Integer> {
  @Mixin private RequestOptions requestOptions;

  @Mixin private OutputFile output;

  @Option(
      names = "--no-wait",
      description = "Do not wait: print the id, and the command that resumes.")
  private boolean noWait;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandRunner run = new CommandRunner(spec, common, output);
    return run.execute(
        () -> {
          VideoRequest request = requestOptions.toRequest();
          Path file = output.path();
          if (file != null) requestOptions.inputs().checkOutput("--output", file);
          output.check();
          String name = requestOptions.baseName();
          try (VideoClient client = run.client()) {
            requestOptions.warnings(request).forEach(run.listener()::onWarning);
            if (noWait) run.create(name, () -> client.create(request));
            else run.save(name, "creating", saved -> client.generate(request, saved));
          }
        });
  }
}
