package io.github.aimlvideo.cli;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
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
    description = "Makes a video from a picture: creates it, waits for it, downloads it.",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  aiml-video generate mona-lisa.jpg -p \"She puts on glasses.\" -o glasses.mp4",
      "  aiml-video generate fox.png -d 10 --camera-config pan=-5",
      "  aiml-video generate fox.png --static-mask snow.png --dynamic-masks way.json",
      "  aiml-video generate --request fox.json --no-wait",
    })
final class GenerateCommand implements Callable<Integer> {
  @Mixin private RequestOptions wanted;

  @Option(
      names = {"-o", "--output"},
      converter = CommonOptions.FileName.class,
      paramLabel = "FILE",
      description = "Where the video goes (default: the picture's name with .mp4, here).")
  private @Nullable Path output;

  @Option(
      names = "--no-wait",
      description = "Only create it: print its id, and the command that waits for it.")
  private boolean noWait;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandRunner run = new CommandRunner(spec, common, output);
    return run.execute(
        () -> {
          VideoRequest request = wanted.toRequest();
          Path file = output != null ? output : OutputFile.free(wanted.baseName());
          wanted.keepPictures(file);
          try (VideoClient client = common.client(run)) {
            run.show(file, "creating");
            if (noWait) run.started(client.create(request));
            else run.finished(client.generate(request, file), file);
          }
        });
  }
}
