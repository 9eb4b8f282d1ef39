package io.github.aimlvideo.cli;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.cli.request.RequestOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
final class GenerateCommand implements Callable<Integer> {
  @Mixin private RequestOptions requestOptions;

  @Option(
      names = {"-o", "--output"},
      converter = OutputFile.Converter.class,
      paramLabel = "FILE",
      description =
          "Where to save the video (default: name of the image with .mp4, in this folder).")
  private @Nullable Path output;

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
          Path file =
              output != null
                  ? output
                  : OutputFile.unused(OutputFile.safeName(requestOptions.baseName()));
          requestOptions.inputs().checkOutput("--output", file);
          try (VideoClient client = common.client(run)) {
            run.showProgress(file, "creating");
            if (noWait) run.create(() -> client.create(request));
            else run.save(file, () -> client.generate(request, file));
          }
        });
  }
}
