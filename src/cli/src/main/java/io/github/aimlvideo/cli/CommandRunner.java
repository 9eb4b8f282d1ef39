package io.github.aimlvideo.cli;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.InvalidApiKeyException;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One run of a command: tells how it goes on standard error, and the result alone on standard
 * output.
 */
final class CommandRunner implements GenerationListener {
  private final CommonOptions common;
  private final @Nullable Path output;
  private final PrintWriter out;
  private final Progress progress;
  private final RunResult result = new RunResult();
  private final CountDownLatch created = new CountDownLatch(1);
  private @Nullable String line;
  private boolean goesOn;
  private volatile GenerationStatusLine standing =
      new GenerationStatusLine("", "", System::nanoTime);

  /** A run that saves to {@code output}, or to a name of its own choice if that is null. */
  CommandRunner(CommandSpec spec, CommonOptions common, @Nullable Path output) {
    this.common = common;
    this.output = output;
    out = spec.commandLine().getOut();
    // the log goes to the terminal too, and knows nothing of a live line
    progress = Progress.on(spec.commandLine().getErr(), common.quiet() || common.verbose());
  }

  /** Does it and returns the exit code. */
  int execute(Runnable work) {
    try {
      try (progress) {
        work.run();
      }
      return end(0, null);
    } catch (VideoException e) {
      return end(ExitCode.of(e), e);
    } catch (InvalidApiKeyException e) {
      return end(ExitCode.DENIED, e);
    } catch (IllegalArgumentException e) {
      return end(result.generationId().isPresent() ? ExitCode.OTHER : ExitCode.USAGE, e);
    } catch (RuntimeException e) {
      return end(ExitCode.OTHER, new IllegalStateException("unexpected: " + e, e));
    }
  }

  /** Tells how it ended; the command that goes on comes last. */
  private int end(int code, @Nullable RuntimeException failure) {
    if (failure != null) {
      result.failed(failure, message(failure));
      progress.print("aiml-video: " + message(failure));
    }
    if (common.json()) out.println(result.toJson());
    else if (line != null) out.println(line);
    if (goesOn || failure != null && code != ExitCode.FAILED) {
      result
          .generationId()
          .ifPresent(id -> progress.print(ResumeHint.of(id, output, common.baseUrl())));
    }
    return code;
  }

  /** What the library says, but for its hint at Java's way to go on. */
  private static @Nullable String message(RuntimeException e) {
    boolean hint =
        e instanceof GenerationTimeoutException || e instanceof GenerationInterruptedException;
    String message = e.getMessage();
    return hint && message != null
        ? message.replaceFirst("[;,] go on with await\\(.*", ", go on with:")
        : message;
  }

  void finished(VideoGeneration generation, Path file) {
    result.saw(generation);
    result.saved(file);
    line = file.toString();
  }

  /** It is not waited for; a create returns before all that was told of it has been heard. */
  void started(VideoGeneration generation) {
    result.saw(generation);
    line = generation.id();
    goesOn = true;
    try {
      created.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** It was only to be looked at. */
  void looked(Supplier<VideoGeneration> look) {
    result.polled();
    VideoGeneration generation = look.get();
    result.saw(generation);
    String status = generation.status().isEmpty() ? "unknown" : generation.status();
    line = status + generation.videoUrl().map(url -> " " + url).orElse("");
    if (generation.isFailed()) throw new GenerationFailedException(generation);
  }

  /** The generation that it is about, which even a quiet run tells. */
  void begin(String generationId) {
    progress.print("generation " + generationId);
  }

  void say(String line) {
    if (!common.quiet()) progress.print(line);
  }

  /** Shows how the generation stands whose film goes into {@code file}. */
  void show(Path file, String status) {
    standing = new GenerationStatusLine(file.getFileName().toString(), status, System::nanoTime);
    progress.show(standing::line);
  }

  @Override
  public void onWarning(String warning) {
    say("warning: " + warning);
  }

  @Override
  public void onCreated(VideoGeneration generation) {
    standing.created();
    look(generation);
    begin(generation.id());
    if (!generation.status().isEmpty()) onStatusChanged(generation);
    created.countDown();
  }

  @Override
  public void onCreateRetry(String clientRequestId, ApiException cause) {
    say("not accepted, will be sent again: " + cause.getMessage());
  }

  @Override
  public void onOutcomeUnknown(String clientRequestId, CreateOutcomeUnknownException cause) {
    say("the answer was lost, looking for client request id " + clientRequestId + " in the logs");
  }

  @Override
  public void onPolled(VideoGeneration generation) {
    result.polled();
    look(generation);
  }

  private void look(VideoGeneration generation) {
    result.saw(generation);
    boolean hasFilm = generation.isCompleted() && generation.videoUrl().isPresent();
    standing.saw(generation.status(), hasFilm);
  }

  @Override
  public void onStatusChanged(VideoGeneration generation) {
    if (progress.isLive()) return;
    double elapsed = result.elapsedSeconds();
    say(String.format(Locale.ROOT, "%5.1f s  %s", elapsed, generation.status()));
  }

  @Override
  public void onPollScheduled(
      VideoGeneration generation, Duration untilNextLook, Duration expected) {
    standing.waits(untilNextLook, expected);
  }

  @Override
  public void onPollRetry(String generationId, Exception cause) {
    result.polled();
    say(
        "look failed: "
            + (cause instanceof VideoException ? cause.getMessage() : cause.toString()));
  }
}
