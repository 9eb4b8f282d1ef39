package io.github.aimlvideo.cli;

import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.InvalidApiKeyException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One run of a command: tells how it goes on standard error, and the result alone on standard
 * output.
 */
final class Run implements GenerationListener {
  private final CommonOptions common;
  private final Path output;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Result result = new Result();

  /** A run that saves to {@code output}, or to a name of its own choice if that is null. */
  Run(CommandSpec spec, CommonOptions common, Path output) {
    this.common = common;
    this.output = output;
    out = spec.commandLine().getOut();
    err = spec.commandLine().getErr();
  }

  /** Does it and returns the exit code. */
  int execute(Runnable work) {
    try {
      work.run();
      if (!common.json) out.println(result.file());
      return finish(0);
    } catch (VideoException e) {
      result.failed(e);
      say(message(e));
      int code = ExitCode.of(e);
      finish(code);
      if (ExitCode.canGoOn(code))
        e.generationId().ifPresent(id -> err.println(ResumeCommand.of(id, output, common.baseUrl)));
      return code;
    } catch (IllegalArgumentException e) {
      result.failed(e);
      say("aiml-video: " + e.getMessage());
      return finish(e instanceof InvalidApiKeyException ? ExitCode.DENIED : ExitCode.USAGE);
    }
  }

  private int finish(int code) {
    if (common.json) out.println(result.toJson());
    return code;
  }

  /** Java's way to go on is of no use here; the command that does it is printed last. */
  private static String message(VideoException e) {
    boolean goesOn =
        e instanceof GenerationTimeoutException || e instanceof GenerationInterruptedException;
    return "aiml-video: "
        + (goesOn
            ? e.getMessage().replaceFirst("[;,] go on with await\\(.*", ", go on with:")
            : e.getMessage());
  }

  void prepareOutput() {
    if (output != null) OutputFile.prepare(output);
    else OutputFile.prepare(Path.of("video.mp4"));
  }

  /** Downloads a completed generation. */
  void save(VideoClient client, VideoGeneration generation, String name) {
    result.saw(generation);
    Path file = output != null ? output : OutputFile.free(name);
    result.saved(client.download(generation, file));
  }

  void say(String line) {
    err.println(line);
  }

  @Override
  public void created(VideoGeneration generation) {
    result.saw(generation);
    say("generation " + generation.id());
    say(status(generation));
  }

  @Override
  public void polled(VideoGeneration generation) {
    result.polled();
    result.saw(generation);
  }

  @Override
  public void statusChanged(VideoGeneration generation) {
    say(status(generation));
  }

  @Override
  public void pollFailed(String generationId, Exception cause) {
    result.polled();
    say("look failed, will be repeated: " + cause.getMessage());
  }

  private String status(VideoGeneration generation) {
    return String.format("%5.1f s  %s", result.elapsedSeconds(), generation.status());
  }
}
