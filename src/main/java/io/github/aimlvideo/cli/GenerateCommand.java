package io.github.aimlvideo.cli;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.model.VideoDuration;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "generate",
    description = "Makes a video from a picture: creates it, waits for it, downloads it.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  aiml-video generate mona-lisa.jpg -p \"She puts on glasses.\" -o glasses.mp4",
    })
final class GenerateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "IMAGE",
      description =
          "An http(s) URL or a local file (PNG or JPEG; WebP, GIF and BMP with a warning).")
  private String image;

  @Option(
      names = {"-p", "--prompt"},
      paramLabel = "TEXT",
      description = "What happens in the video.")
  private String prompt;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "SECONDS",
      description = "The length of the video, 5 or 10 (the server's default: 5).")
  private Integer duration;

  @Option(
      names = {"-o", "--output"},
      converter = CommonOptions.FileName.class,
      paramLabel = "FILE",
      description = "Where the video goes (default: the picture's name with .mp4, here).")
  private Path output;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Run run = new Run(spec, common, output);
    return run.execute(
        () -> {
          var request =
              new KlingVideoV1StandardImageToVideoRequest()
                  .imageUrl(picture())
                  .prompt(prompt)
                  .duration(seconds());
          Path file = output != null ? output : OutputFile.free(baseName());
          keepPicture(file);
          try (VideoClient client = common.client(run)) {
            run.finished(client.generate(request, file), file);
          }
        });
  }

  private Image picture() {
    if (image.contains("://") || Image.isUrl(image)) return Image.url(image);
    try {
      return Image.file(Path.of(image));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "IMAGE is neither an http(s) URL nor the name of a file: " + image, e);
    }
  }

  private void keepPicture(Path file) {
    if (Image.isUrl(image)
        || !file.toAbsolutePath().normalize().equals(Path.of(image).toAbsolutePath().normalize()))
      return;
    throw new IllegalArgumentException("--output is the picture itself: " + file);
  }

  private VideoDuration seconds() {
    if (duration == null) return null;
    return Arrays.stream(VideoDuration.values())
        .filter(known -> known.getValue().equals(duration))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--duration must be " + durations() + ": " + duration));
  }

  private static String durations() {
    return Arrays.stream(VideoDuration.values())
        .map(VideoDuration::toString)
        .collect(Collectors.joining(" or "));
  }

  /** The picture's name without folder, query and ending. */
  private String baseName() {
    String path =
        Image.isUrl(image)
            ? image.replaceFirst("[?#].*", "").replaceFirst("(?i)^https?://[^/]*", "")
            : image;
    String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("(?<=.)\\.[^.]*$", "");
    return OutputFile.safeName(name);
  }
}
