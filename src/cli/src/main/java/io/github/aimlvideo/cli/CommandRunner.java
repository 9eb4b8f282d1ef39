package io.github.aimlvideo.cli;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.InvalidApiKeyException;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.cli.terminal.GenerationStatusLine;
import io.github.aimlvideo.cli.terminal.Progress;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs the work of one command: reports progress on standard error, prints the result alone on
 * standard output, and turns failures into exit codes.
 */
final class CommandRunner implements GenerationListener {
  private static final System.Logger LOG = System.getLogger("io.github.aimlvideo.cli");

  private static final int MAX_URL = 4000;

  private final CommonOptions common;
  private final @Nullable Path output;
  private final PrintWriter out;
  private final Progress progress;
  private final RunResult result = new RunResult();
  private final CountDownLatch created = new CountDownLatch(1);
  private @Nullable String resultLine;
  private boolean stillRunning;
  private volatile GenerationStatusLine statusLine =
      new GenerationStatusLine("", "", System::nanoTime);

  /**
   * @param output the file that the user asked for; null for a default name
   */
  CommandRunner(CommandSpec spec, CommonOptions common, @Nullable Path output) {
    this.common = common;
    this.output = output;
    out = spec.commandLine().getOut();
    // the log of --verbose would break a progress line
    progress = Progress.to(spec.commandLine().getErr(), common.quiet() || common.verbose());
  }

  /** Runs the work and returns the exit code. */
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
      LOG.log(Level.DEBUG, "internal error", e);
      return end(ExitCode.OTHER, e);
    }
  }

  /** Prints the result, the failure, and last the command that resumes. */
  private int end(int code, @Nullable RuntimeException failure) {
    if (failure != null) result.setFailure(failure, ErrorMessage.unescaped(failure));
    boolean resumable = stillRunning || failure != null && code != ExitCode.FAILED;
    Optional<String> resumableId = result.generationId().filter(id -> resumable);
    if (common.json()) out.println(result.toJson());
    else if (resultLine != null) out.println(resultLine);
    StringJoiner message = new StringJoiner("; ");
    if (failure != null) message.add("aiml-video: " + ErrorMessage.of(failure));
    if (resumableId.isPresent()) printResume(message, resumableId.get());
    else if (failure != null) progress.print(message.toString());
    return code;
  }

  private void printResume(StringJoiner message, String id) {
    if (id.length() > TerminalText.MAX_LENGTH) {
      message.add("the id is too long for a command that resumes; --json prints all of it");
      progress.print(message.toString());
    } else {
      message.add("resume with:");
      progress.print(message.toString(), ResumeHint.of(id, output, common.baseUrl()));
    }
  }

  /** Runs a call that saves a video. The result is the file. */
  void save(Path file, Supplier<VideoGeneration> call) {
    try {
      result.setGeneration(call.get());
    } catch (IllegalArgumentException e) {
      if (!(e.getCause() instanceof IOException cause)) throw e;
      String message = "cannot save to " + file + ": " + ErrorMessage.reason(cause);
      throw new IllegalArgumentException(message, e);
    }
    result.setFile(file);
    resultLine = file.toString();
  }

  /** Runs a call that creates a generation, and waits until its id is printed: the result. */
  void create(Supplier<VideoGeneration> call) {
    VideoGeneration generation = call.get();
    result.setGeneration(generation);
    resultLine = TerminalText.line(generation.id());
    stillRunning = true;
    try {
      created.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs a call that polls once. The result is the status. */
  void poll(Supplier<VideoGeneration> call) {
    result.countPoll();
    VideoGeneration generation = call.get();
    result.setGeneration(generation);
    String status = generation.status().isEmpty() ? "unknown" : generation.status();
    String url = generation.videoUrl().map(link -> " " + shown(link)).orElse("");
    resultLine = TerminalText.line(status) + url;
    if (generation.isFailed()) throw new GenerationFailedException(generation);
  }

  /** A link is signed, so half of it is none. */
  private static String shown(String url) {
    return url.length() <= MAX_URL ? TerminalText.whole(url) : TerminalText.line(url);
  }

  /** Prints the id, also if quiet. */
  void printId(String generationId) {
    progress.print("generation " + TerminalText.line(generationId));
  }

  /** Shows the progress of a generation whose video goes into {@code file}. */
  void showProgress(Path file, String status) {
    statusLine = new GenerationStatusLine(file.getFileName().toString(), status, System::nanoTime);
    progress.show(statusLine::text);
  }

  private void inform(String line) {
    if (!common.quiet()) progress.print(TerminalText.line(line));
  }

  @Override
  public void onWarning(String warning) {
    inform("warning: " + warning);
  }

  @Override
  public void onCreated(VideoGeneration generation) {
    statusLine.startClock();
    update(generation);
    printId(generation.id());
    if (!generation.status().isEmpty()) onStatusChanged(generation);
    created.countDown();
  }

  @Override
  public void onCreateRetry(String clientRequestId, ApiException cause) {
    inform("create failed, retrying: " + ErrorMessage.reason(cause));
  }

  @Override
  public void onOutcomeUnknown(String clientRequestId, CreateOutcomeUnknownException cause) {
    inform("response lost; searching the logs for client request id " + clientRequestId);
  }

  @Override
  public void onPolled(VideoGeneration generation) {
    result.countPoll();
    update(generation);
  }

  private void update(VideoGeneration generation) {
    result.setGeneration(generation);
    boolean hasVideo = generation.isCompleted() && generation.videoUrl().isPresent();
    statusLine.update(generation.status(), hasVideo);
  }

  @Override
  public void onStatusChanged(VideoGeneration generation) {
    if (progress.isLive()) return;
    double elapsed = result.elapsedSeconds();
    inform(String.format(Locale.ROOT, "%5.1f s  %s", elapsed, generation.status()));
  }

  @Override
  public void onPollScheduled(
      VideoGeneration generation, Duration untilNextPoll, Duration expected) {
    statusLine.schedulePoll(untilNextPoll, expected);
  }

  @Override
  public void onPollRetry(String generationId, Exception cause) {
    result.countPoll();
    inform("poll failed, retrying: " + ErrorMessage.reason(cause));
  }
}
