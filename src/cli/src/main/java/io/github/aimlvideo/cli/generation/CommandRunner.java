package io.github.aimlvideo.cli.generation;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.InvalidApiKeyException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.catalog.Quote;
import io.github.aimlvideo.cli.CommonOptions;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.ResumeHint;
import io.github.aimlvideo.cli.ServerOptions;
import io.github.aimlvideo.cli.terminal.Progress;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs the work of one command: reports progress on standard error, prints the result alone on
 * standard output, and turns failures into exit codes.
 */
final class CommandRunner {
  private static final System.Logger LOG = System.getLogger("io.github.aimlvideo.cli");

  private static final int MAX_URL = 4000;

  /** Another request would get the same. */
  static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404);

  private final CommonOptions common;
  private final @Nullable OutputFile output;
  private final PrintWriter out;
  private final Progress progress;
  private final RunResult result = new RunResult();
  private final ProgressListener listener;
  private @Nullable String resultLine;
  private @Nullable Budget budget;
  private boolean stillRunning;

  /**
   * @param output where a video goes; null for a command that saves none
   */
  CommandRunner(CommandSpec spec, CommonOptions common, @Nullable OutputFile output) {
    this.common = common;
    this.output = output;
    out = spec.commandLine().getOut();
    // the log of --verbose would break a progress line
    progress = Progress.to(spec.commandLine().getErr(), common.quiet() || common.verbose());
    listener = new ProgressListener(progress, common.quiet(), result);
  }

  /** A client that reports to this command. */
  VideoClient client() {
    return common.client(listener);
  }

  /** A client that may have no key, for a command that can do without. */
  VideoClient keylessClient() {
    VideoClientBuilder builder = common.builder(listener);
    return (ServerOptions.hasKey() ? builder : builder.apiKey("none")).build();
  }

  /** Reports what happens. */
  ProgressListener listener() {
    return listener;
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
    result.cost().ifPresent(this::printCost);
    if (common.json()) out.println(result.toJson());
    else if (resultLine != null) out.println(resultLine);
    StringJoiner message = new StringJoiner("; ");
    if (failure != null) message.add("aiml-video: " + ErrorMessage.of(failure));
    List<String> file = output == null ? List.of() : output.options();
    if (failure instanceof CreateOutcomeUnknownException e) {
      message.add("find it with:");
      String clientRequestId = e.clientRequestId().orElseThrow();
      progress.print(
          message.toString(), ResumeHint.recover(clientRequestId, file, common.baseUrl()));
    } else if (isResumable(code, failure)) {
      printResume(message, result.generationId().orElseThrow(), file);
    } else if (failure != null) {
      progress.print(message.toString());
    }
    return code;
  }

  private void printCost(Cost cost) {
    listener.inform("cost: " + cost);
    if (budget != null) budget.deviation(cost).ifPresent(listener::onWarning);
  }

  /** An id that the server does not know, or not with this key, is none to wait for. */
  private boolean isResumable(int code, @Nullable RuntimeException failure) {
    if (result.generationId().isEmpty()) return false;
    if (failure == null) return stillRunning;
    boolean refused = failure instanceof ApiException api && REFUSALS.contains(api.status());
    return code != ExitCode.FAILED && (listener.isKnown() || !refused);
  }

  private void printResume(StringJoiner message, String id, List<String> file) {
    if (id.length() > TerminalText.MAX_LENGTH) {
      message.add("the id is too long for a command that resumes; --json prints all of it");
      progress.print(message.toString());
    } else {
      message.add("resume with:");
      progress.print(message.toString(), ResumeHint.of(id, file, common.baseUrl()));
    }
  }

  /**
   * Keeps a quote for the result, and checks it.
   *
   * @throws IllegalArgumentException if the budget does not allow it
   */
  void check(Quote quote, Budget limit) {
    result.setQuote(quote);
    budget = limit;
    limit.check(quote);
    if (!quote.isKnown()) listener.onWarning("the price of " + quote.model() + " is " + quote);
  }

  /** Makes a dry run the result. */
  void show(DryRun dryRun) {
    result.setDryRun(dryRun);
    resultLine = dryRun.text();
  }

  /** Waits for a generation and saves its video. */
  void await(VideoClient client, String id) {
    listener.printId(id);
    save(id, "resuming", file -> client.await(id, file));
  }

  /**
   * Runs a call that saves a video. The result is the file.
   *
   * @param name for a file that nobody asked for
   */
  void save(String name, String status, Function<Path, VideoGeneration> call) {
    Objects.requireNonNull(output, "a command that saves")
        .save(name, file -> save(file, status, call));
  }

  private void save(Path file, String status, Function<Path, VideoGeneration> call) {
    listener.showProgress(file.getFileName().toString(), status);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.exists(folder))
      listener.inform("creating folder " + file.getParent());
    try {
      result.setGeneration(call.apply(file));
    } catch (IllegalArgumentException e) {
      if (!(e.getCause() instanceof IOException cause)) throw e;
      String message = "cannot save to " + file + ": " + ErrorMessage.reason(cause);
      throw new IllegalArgumentException(message, e);
    }
    result.setFile(file);
    resultLine = file.toString();
  }

  /** Runs a call that creates a generation, and waits until its id is printed: the result. */
  void create(String name, Supplier<VideoGeneration> call) {
    listener.showProgress(name, "creating");
    VideoGeneration generation = call.get();
    result.setGeneration(generation);
    resultLine = TerminalText.line(generation.id());
    stillRunning = true;
    listener.awaitCreated();
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
}
