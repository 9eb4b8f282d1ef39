package io.github.aimlvideo.cli;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.ModelRequest;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
      arity = "0..1",
      paramLabel = "IMAGE",
      description = {
        "An http(s) URL or a local file (PNG or JPEG; WebP, GIF and BMP with a warning);",
        "needed unless --request brings it."
      })
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
      names = "--request",
      paramLabel = "FILE",
      description = {
        "A whole request for any model, as JSON with the model in it; - is standard input.",
        "The other options override its properties; pictures in it are URLs or files beside it."
      })
  private String request;

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
          VideoRequest request = request();
          Path file = output != null ? output : OutputFile.free(baseName());
          keepPicture(file);
          try (VideoClient client = common.client(run)) {
            run.finished(client.generate(request, file), file);
          }
        });
  }

  private VideoRequest request() {
    if (request == null) {
      if (image == null) throw new IllegalArgumentException("IMAGE is missing, or --request");
      return new KlingVideoV1StandardImageToVideoRequest()
          .imageUrl(picture())
          .prompt(prompt)
          .duration(duration);
    }
    ModelRequest free = RequestFile.read(request);
    if (image != null) free.with("image_url", picture());
    if (prompt != null) free.with("prompt", prompt);
    if (duration != null) free.with("duration", duration);
    return free;
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
    if (image == null
        || Image.isUrl(image)
        || !file.toAbsolutePath().normalize().equals(Path.of(image).toAbsolutePath().normalize()))
      return;
    throw new IllegalArgumentException("--output is the picture itself: " + file);
  }

  /** The name of the picture, or else of the request, without folder, query and ending. */
  private String baseName() {
    if (image == null) return request.equals("-") ? "video" : nameOf(request);
    return nameOf(image);
  }

  private static String nameOf(String image) {
    String path =
        Image.isUrl(image)
            ? image.replaceFirst("[?#].*", "").replaceFirst("(?i)^https?://[^/]*", "")
            : image;
    String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("(?<=.)\\.[^.]*$", "");
    return OutputFile.safeName(name);
  }
}
