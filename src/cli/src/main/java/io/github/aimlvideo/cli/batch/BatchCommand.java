package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.InvalidApiKeyException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.cli.CommonOptions;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.Progress;
import io.github.aimlvideo.cli.ResumeHint;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Many films; whatever ends it, the same command goes on. */
@Command(
    name = "batch",
    description = {
      "Makes a video for each row of a manifest; whatever ends it, the same command goes on.",
      "Writes DIR/NAME.mp4, DIR/results.jsonl and DIR/index.html, a page to look at."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The manifest is CSV with a header row, or one JSON object on each line:",
      "  name,image_url,prompt,duration",
      "  fox,pictures/fox.jpg,\"The fox runs, the snow falls.\",5",
      "Standard output has a line NAME STATUS FILE for each row.",
      "",
      "Exit codes: 0 all rows have their video, 1 some failed, 2 faults in the manifest",
      "(nothing was sent), 3 stopped before the end, 4 key or credits, 5 other failure,",
      "6 of some nobody knows whether they were accepted. After 3 to 6 the same command goes on.",
      "",
      "Examples:",
      "  aiml-video batch films.csv --out films",
      "  aiml-video batch films.csv --out films --concurrency 20 --max-credits 5000000",
      "  aiml-video batch films.csv --out films --retry-failed",
    })
public final class BatchCommand implements Callable<Integer> {
  /** A thousand generations in flight are some sixty looks a second. */
  private static final int CALLS_AT_ONCE = 16;

  @Parameters(
      paramLabel = "MANIFEST",
      description = "The rows; pictures are URLs, or files beside it.")
  @SuppressWarnings("NullAway.Init") // picocli wants one
  private Path manifest;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "DIR",
      description = "Where everything goes; made if it is missing.")
  @SuppressWarnings("NullAway.Init") // picocli wants one
  private Path folder;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Generations in flight, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  private int concurrency = 10;

  @Option(
      names = "--max-credits",
      paramLabel = "N",
      description = {
        "Stop before these credits are passed, over all runs with this DIR.",
        "The first create of each kind shows what the next will cost."
      })
  private @Nullable BigDecimal maxCredits;

  @Option(names = "--retry-failed", description = "Send the rows anew that failed.")
  private boolean retryFailed;

  @Option(
      names = "--resubmit-unknown",
      description = {
        "Send the rows anew of which nobody knows whether they were accepted;",
        "they may then be charged twice."
      })
  private boolean resubmitUnknown;

  @Option(
      names = "--lookup-time",
      paramLabel = "TIME",
      converter = CommonOptions.Time.class,
      description = "How long a lost create is looked for in the vendor's logs (default: 6m).")
  private Duration recoveryTimeout = Duration.ofMinutes(6);

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (Progress progress =
        Progress.on(spec.commandLine().getErr(), common.quiet() || common.verbose())) {
      return call(progress);
    }
  }

  private int call(Progress progress) {
    try {
      check();
      Map<String, RowState> states = new LinkedHashMap<>();
      for (Row row : Manifest.read(manifest)) states.put(row.name(), new RowState(row));
      Files.createDirectories(folder);
      try (Journal journal = Journal.open(folder, common.server())) {
        return run(states, journal, progress);
      }
    } catch (Manifest.FaultyException e) {
      e.faults().forEach(fault -> progress.print("aiml-video: " + manifest + ": " + fault));
      return ExitCode.USAGE;
    } catch (InvalidApiKeyException e) {
      return end(progress, ExitCode.DENIED, e.getMessage());
    } catch (IllegalArgumentException e) {
      return end(progress, ExitCode.USAGE, e.getMessage());
    } catch (Journal.BusyException e) {
      return end(progress, ExitCode.OTHER, e.getMessage());
    } catch (IOException | RuntimeException e) {
      return end(progress, ExitCode.OTHER, "unexpected: " + e);
    }
  }

  private static int end(Progress progress, int code, @Nullable String message) {
    progress.print("aiml-video: " + message);
    return code;
  }

  private void check() {
    if (concurrency < 1 || concurrency > 10_000)
      throw new IllegalArgumentException("--concurrency must be 1 to 10000: " + concurrency);
    if (maxCredits != null && maxCredits.signum() <= 0)
      throw new IllegalArgumentException("--max-credits must be more than 0: " + maxCredits);
    if (Files.exists(folder) && !Files.isDirectory(folder))
      throw new IllegalArgumentException("--out is no folder: " + folder);
  }

  private int run(Map<String, RowState> states, Journal journal, Progress progress)
      throws IOException {
    Budget budget = new Budget(maxCredits);
    takeOver(states, journal, budget, progress);
    deleteParts();
    Report report =
        new Report(
            folder,
            states.values(),
            common.json(),
            common.quiet(),
            spec.commandLine().getOut(),
            progress);
    Settings settings =
        new Settings(concurrency, retryFailed, resubmitUnknown, recoveryTimeout, common.timeout());
    Work work = new Work(settings, folder, budget, journal, report);
    Batch batch = new Batch(work, states.values(), report);
    boolean interrupted = false;
    VideoClient client = client(batch);
    try (client) {
      batch.run(client);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    report.settleRest();
    interrupted |= Thread.interrupted(); // what is left to write would break off
    int code = finish(report, work.outcome, interrupted, progress);
    if (interrupted) Thread.currentThread().interrupt();
    return interrupted ? ExitCode.INTERRUPTED : code;
  }

  private VideoClient client(Batch batch) {
    return common
        .builder(batch)
        .recoveryTimeout(recoveryTimeout)
        .maxConcurrentRequests(CALLS_AT_ONCE)
        .build();
  }

  /** What the journal says of the rows; what does not fit the manifest is refused. */
  private void takeOver(
      Map<String, RowState> states, Journal journal, Budget budget, Progress progress) {
    Map<String, BigDecimal> others = new TreeMap<>();
    for (Entry entry : journal.entries()) {
      RowState state = states.get(entry.row());
      if (state != null) state.apply(entry);
      else if (entry.creditsUsed() != null) others.put(entry.row(), entry.creditsUsed());
      else if (!others.containsKey(entry.row()) || entry.step() == Step.FAILED)
        others.put(entry.row(), BigDecimal.ZERO);
    }
    others.forEach((row, cost) -> budget.created("of row " + row, "row " + row, cost));
    if (!others.isEmpty()) {
      progress.print(
          "warning: not in the manifest any more, left as they are: "
              + String.join(", ", others.keySet()));
    }
    List<String> faults =
        states.values().stream().flatMap(state -> state.fault(folder).stream()).toList();
    if (!faults.isEmpty()) throw new Manifest.FaultyException(faults);
  }

  /** Of films that were being fetched when a run was killed. */
  private void deleteParts() throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".*.part")) {
      for (Path part : parts) Files.deleteIfExists(part);
    }
  }

  /** Writes what there is to look at; the command that goes on comes last, unless time is short. */
  private int finish(Report report, Outcome outcome, boolean hurry, Progress progress) {
    int code = outcome.exitCode();
    report.say(report.counts());
    if (hurry) goOn(progress);
    try {
      report.write(manifest.getFileName().toString());
      if (!hurry) report.say(folder.resolve("index.html").toString());
    } catch (IOException e) {
      progress.print("aiml-video: cannot write the results: " + e.getMessage());
      if (code == 0 || code == ExitCode.FAILED) code = ExitCode.OTHER;
    }
    if (code > ExitCode.FAILED && !hurry) goOn(progress);
    return code;
  }

  private void goOn(Progress progress) {
    progress.print(ResumeHint.of(spec.root().commandLine().getParseResult().originalArgs()));
  }
}
