package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.InvalidApiKeyException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.InvalidRowsException;
import io.github.aimlvideo.batch.UnknownPriceException;
import io.github.aimlvideo.cli.CommonOptions;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.batch.manifest.Manifest;
import io.github.aimlvideo.cli.request.InputFiles;
import io.github.aimlvideo.cli.terminal.Progress;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Generates many videos; the same command resumes. */
@Command(
    name = "batch",
    description = {
      "Generate a video for each row of a manifest. Rerun the same command to resume.",
      "Writes DIR/NAME.mp4, DIR/results.jsonl and DIR/index.html, a page with all results."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The manifest is CSV with a header row, or one JSON object for each row:",
      "  name,image_url,prompt,duration",
      "  fox,images/fox.jpg,\"The fox runs, the snow falls.\",5",
      "Standard output has a line NAME STATUS FILE for each row.",
      "",
      "Exit codes: 0 all rows have their video, 1 some failed or were changed, 2 invalid manifest,",
      "database or usage (nothing was sent), 3 stopped before the end, 4 key or credits,",
      "5 other failure, 6 unknown whether some were accepted. After 3 to 6, rerun the command.",
      "",
      "Examples:",
      "  aiml-video batch videos.csv --out videos",
      "  aiml-video batch videos.csv --out videos --concurrency 20",
      "  aiml-video batch videos.csv --out videos --dry-run",
      "  aiml-video batch videos.csv --out videos --max-usd 2.50",
      "  aiml-video batch videos.csv --out videos --retry-failed",
      "  aiml-video batch videos.csv --out videos --db \"jdbc:postgresql://HOST/videos?user=me\"",
    })
public class BatchCommand implements Callable<Integer> {
  /** The results are written after it. */
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

  @Parameters(
      paramLabel = "MANIFEST",
      description = "CSV or JSON file; its images are URLs, or files relative to it.")
  @SuppressWarnings("NullAway.Init") // picocli requires one
  private Path manifest;

  @Mixin private BatchOptions options;

  @Option(names = "--retry-failed", description = "Create failed rows again.")
  private boolean retryFailed;

  @Option(
      names = "--replace-changed",
      description = "Create rows again whose request was changed; each keeps its name.")
  private boolean replaceChanged;

  @Option(
      names = "--dry-run",
      description = {
        "Check all rows and show what they would cost, and whether balance and limit",
        "suffice. Sends and writes nothing. Ends as a run would: with 2 if a limit cannot",
        "be kept as a price is unknown, with 3 if it does not suffice."
      })
  private boolean dryRun;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (Progress progress =
        Progress.to(spec.commandLine().getErr(), common.quiet() || common.verbose())) {
      return call(progress);
    }
  }

  private int call(Progress progress) {
    try {
      EngineLog.show(common.verbose());
      options.check();
      common.check();
      InputFiles inputs = new InputFiles();
      BatchRows rows =
          BatchRows.of(options.folder(), options.isShared(), Manifest.read(manifest, inputs));
      try {
        return dryRun ? dryRun(inputs, rows, progress) : run(inputs, rows, progress);
      } catch (InvalidRowsException e) {
        throw new Manifest.InvalidManifestException(rows.violations(e.problems(), retryFailed));
      } catch (UnknownPriceException e) {
        return end(
            progress,
            ExitCode.USAGE,
            options.budget().unknownPrice(e.row().map(rows::place), e.reason()));
      }
    } catch (Manifest.InvalidManifestException e) {
      e.violations()
          .forEach(violation -> end(progress, ExitCode.USAGE, manifest + ": " + violation));
      return ExitCode.USAGE;
    } catch (InvalidApiKeyException e) {
      return end(progress, ExitCode.DENIED, ErrorMessage.of(e));
    } catch (IllegalArgumentException e) {
      return end(progress, ExitCode.USAGE, ErrorMessage.of(e));
    } catch (BatchException e) {
      return end(progress, DatabaseError.exitCode(e), DatabaseError.message(e, options.database()));
    } catch (IOException | RuntimeException e) {
      return end(progress, ExitCode.OTHER, ErrorMessage.of(e));
    }
  }

  private static int end(Progress progress, int code, @Nullable String message) {
    progress.print(TerminalText.message("aiml-video: " + message));
    return code;
  }

  private int run(InputFiles inputs, BatchRows rows, Progress progress) throws IOException {
    BatchFiles files = new BatchFiles(options.folder(), options.isShared());
    files.check(inputs, rows.manifest());
    if (options.budget().needsPrices()) {
      try (VideoClient client = client(new GenerationListener() {})) {
        new BatchDryRun(options, common, rows).checkPrices(client, retryFailed, replaceChanged);
      }
    }
    files.makeFolder();
    BatchReport report =
        new BatchReport(
            files, rows, common.json(), common.quiet(), spec.commandLine().getOut(), progress);
    BatchOutcome outcome = new BatchOutcome();
    BatchEvents events = new BatchEvents(rows, report, outcome);
    try (BatchSession session =
        new BatchSession(
            (clients, listener) -> options.open(common, SHUTDOWN_TIMEOUT, clients, listener),
            this::client,
            events)) {
      RowChanges changes = new RowChanges(session.batch, rows, report, outcome);
      changes.apply(retryFailed, replaceChanged);
      files.deletePartialFiles();
      BatchRun run = new BatchRun(session, rows, report, outcome, progress);
      List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
      return run.run(options, manifest.getFileName().toString(), arguments);
    }
  }

  private int dryRun(InputFiles inputs, BatchRows rows, Progress progress) {
    new BatchFiles(options.folder(), options.isShared()).check(inputs, rows.manifest());
    BatchDryRun run = new BatchDryRun(options, common, rows);
    try (VideoClient client = keylessClient()) {
      PrintWriter out = spec.commandLine().getOut();
      return run.run(client, retryFailed, replaceChanged, common.json(), out, progress);
    }
  }

  /** Only the balance needs a key. */
  private VideoClient keylessClient() {
    GenerationListener silent = new GenerationListener() {};
    try {
      return client(silent);
    } catch (InvalidApiKeyException e) {
      return common.keylessBuilder().build();
    }
  }

  VideoClient client(GenerationListener listener) {
    return common.builder(listener).recoveryTimeout(Duration.ZERO).build();
  }
}
