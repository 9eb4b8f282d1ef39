package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.InvalidApiKeyException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.cli.CommonOptions;
import io.github.aimlvideo.cli.DurationText;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.ResumeHint;
import io.github.aimlvideo.cli.batch.journal.Journal;
import io.github.aimlvideo.cli.batch.journal.JournalLock;
import io.github.aimlvideo.cli.batch.manifest.Manifest;
import io.github.aimlvideo.cli.batch.page.ResultsPage;
import io.github.aimlvideo.cli.request.InputFiles;
import io.github.aimlvideo.cli.terminal.Progress;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
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
      "Exit codes: 0 all rows have their video, 1 some failed, 2 invalid manifest, journal or",
      "usage (nothing was sent), 3 stopped before the end, 4 key or credits, 5 other failure,",
      "6 unknown whether some were accepted. After 3 to 6, rerun the command to resume.",
      "",
      "Examples:",
      "  aiml-video batch videos.csv --out videos",
      "  aiml-video batch videos.csv --out videos --concurrency 20",
      "  aiml-video batch videos.csv --out videos --max-credits 5000000 --accept-unknown-price",
      "  aiml-video batch videos.csv --out videos --retry-failed",
    })
public class BatchCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MANIFEST",
      description = "CSV or JSON file; its images are URLs, or files relative to it.")
  @SuppressWarnings("NullAway.Init") // picocli requires one
  private Path manifest;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "DIR",
      description = "Folder for all results; created if missing.")
  @SuppressWarnings("NullAway.Init") // picocli requires one
  private Path folder;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "How many generations run at once, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  private int concurrency = 10;

  @Option(
      names = "--max-credits",
      paramLabel = "N",
      description = {
        "Spend at most N credits for all runs with DIR together. The price of a",
        "row must be known from a row in DIR with the same model and settings."
      })
  private @Nullable BigDecimal maxCredits;

  @Option(
      names = "--accept-unknown-price",
      description = {
        "Find out unknown prices: create one row of each kind although it may",
        "exceed --max-credits, then continue if the limit allows it."
      })
  private boolean acceptUnknownPrice;

  @Option(names = "--retry-failed", description = "Create failed rows again.")
  private boolean retryFailed;

  @Option(
      names = "--resubmit-unknown",
      description = {
        "Create rows again even if it is unknown whether the server has accepted",
        "them. They may be charged twice."
      })
  private boolean resubmitUnknown;

  @Option(
      names = "--recovery-timeout",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "How long to search the logs for a row whose response was lost (default: 6m).")
  private Duration recoveryTimeout = Duration.ofMinutes(6);

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
      checkOptions();
      InputFiles inputs = new InputFiles();
      BatchRows rows = new BatchRows(Manifest.read(manifest, inputs));
      BatchFiles files = new BatchFiles(folder);
      files.check(inputs, rows.states());
      if (!files.resumed) checkPrices(rows, new CreditBudget(maxCredits));
      files.makeFolder();
      try (Journal journal = Journal.open(folder, common.server())) {
        return run(rows, files, journal, progress);
      }
    } catch (Manifest.InvalidManifestException e) {
      e.violations()
          .forEach(violation -> end(progress, ExitCode.USAGE, manifest + ": " + violation));
      return ExitCode.USAGE;
    } catch (InvalidApiKeyException e) {
      return end(progress, ExitCode.DENIED, ErrorMessage.of(e));
    } catch (IllegalArgumentException e) {
      return end(progress, ExitCode.USAGE, ErrorMessage.of(e));
    } catch (JournalLock.LockedException e) {
      return end(progress, ExitCode.OTHER, e.getMessage());
    } catch (IOException | RuntimeException e) {
      return end(progress, ExitCode.OTHER, ErrorMessage.of(e));
    }
  }

  private static int end(Progress progress, int code, @Nullable String message) {
    progress.print(TerminalText.message("aiml-video: " + message));
    return code;
  }

  private void checkOptions() {
    if (concurrency < 1 || concurrency > 10_000)
      throw new IllegalArgumentException("--concurrency must be from 1 to 10000: " + concurrency);
    if (maxCredits != null && maxCredits.signum() <= 0)
      throw new IllegalArgumentException("--max-credits must be more than 0: " + maxCredits);
    if (Files.exists(folder) && !Files.isDirectory(folder))
      throw new IllegalArgumentException("--out is not a folder: " + folder);
    DurationText.check("--recovery-timeout", recoveryTimeout, Duration.ZERO);
    common.check();
  }

  private void checkPrices(BatchRows rows, CreditBudget budget) {
    if (!acceptUnknownPrice) budget.checkPrices(rows.toCreate(settings()));
  }

  private int run(BatchRows rows, BatchFiles files, Journal journal, Progress progress)
      throws IOException {
    CreditBudget budget = new CreditBudget(maxCredits);
    BatchClock clock = clock();
    rows.apply(journal.entries(), clock.instant());
    List<String> violations = rows.violations(files, retryFailed);
    if (!violations.isEmpty()) throw new Manifest.InvalidManifestException(violations);
    rows.charge(budget);
    rows.warning().map(TerminalText::message).ifPresent(progress::print);
    checkPrices(rows, budget);
    files.deletePartialFiles();
    BatchReport report =
        new BatchReport(
            files,
            rows.states(),
            common.json(),
            common.quiet(),
            spec.commandLine().getOut(),
            progress);
    BatchContext context = new BatchContext(settings(), folder, budget, clock, journal, report);
    Batch batch = new Batch(context, rows.states(), report);
    boolean interrupted = false;
    VideoClient client = client(batch);
    try (client) {
      batch.run(client);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    report.reportRest();
    interrupted |= Thread.interrupted(); // the flag would abort what is left to write
    int code = finish(report, rows, context, interrupted, progress);
    if (interrupted) Thread.currentThread().interrupt();
    return interrupted ? ExitCode.INTERRUPTED : code;
  }

  private BatchSettings settings() {
    return new BatchSettings(
        concurrency, retryFailed, resubmitUnknown, recoveryTimeout, common.timeout());
  }

  VideoClient client(Batch batch) {
    return common.builder(batch).recoveryTimeout(recoveryTimeout).build();
  }

  BatchClock clock() {
    return BatchClock.system();
  }

  /**
   * Writes the results, then prints the command that resumes; the other way round if interrupted.
   */
  private int finish(
      BatchReport report,
      BatchRows rows,
      BatchContext context,
      boolean interrupted,
      Progress progress) {
    List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
    int code = context.outcome.exitCode();
    report.inform(report.counts());
    context.budget.excess().ifPresent(report::print);
    if (interrupted) progress.print("resume with:", ResumeHint.of(arguments));
    try {
      report.write(manifest.getFileName().toString());
      if (!interrupted) report.inform(folder.resolve(ResultsPage.FILE).toString());
    } catch (IOException e) {
      end(progress, code, "cannot write the results: " + ErrorMessage.reason(e));
      if (code == 0 || code == ExitCode.FAILED) code = ExitCode.OTHER;
    }
    if (code == ExitCode.FAILED) report.inform("to create failed rows again, add --retry-failed");
    if (code > ExitCode.FAILED && !interrupted) {
      progress.print(BatchResumeHint.lines(arguments, rows, context));
    }
    return code;
  }
}
