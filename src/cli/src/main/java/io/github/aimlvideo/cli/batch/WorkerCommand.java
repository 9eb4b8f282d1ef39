package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.InvalidApiKeyException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.UnknownPriceException;
import io.github.aimlvideo.cli.CommonOptions;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.terminal.Progress;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Works on a batch that other machines work on too. */
@Command(
    name = "worker",
    description = {
      "Work on a batch in PostgreSQL beside other workers.",
      "Any number of workers share the rows that \"aiml-video batch --db\" or a Java program adds;",
      "each saves its videos to its own DIR. On SIGTERM it finishes the steps that are under way,",
      "and other workers take over what is running."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Standard output has a line NAME STATUS FILE for each row that this worker ends.",
      "",
      "Exit codes: 0 nothing is left, 1 some rows failed, 2 wrong usage or database, 3 stopped",
      "before the end, 4 key or credits, 5 other failure, 6 unknown whether some were accepted.",
      "",
      "Examples:",
      "  AIML_VIDEO_DB=\"jdbc:postgresql://db.example.com/videos?user=me&password=...\" \\",
      "    aiml-video worker --out videos",
      "  aiml-video worker --db \"jdbc:postgresql:videos\" --out videos --until-done",
    })
public final class WorkerCommand implements Callable<Integer> {
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(4);

  @Mixin private BatchOptions options;

  @Option(names = "--until-done", description = "End when no row is left to do.")
  private boolean untilDone;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (Progress progress = Progress.to(spec.commandLine().getErr(), true)) {
      try {
        EngineLog.show(common.verbose());
        options.check();
        common.check();
        if (!options.isShared())
          throw new IllegalArgumentException("missing --db; a folder has one worker, its batch");
        return run(progress);
      } catch (UnknownPriceException e) {
        return end(
            progress,
            ExitCode.USAGE,
            options.budget().unknownPrice(e.row().map(row -> "row " + row), e.reason()));
      } catch (InvalidApiKeyException e) {
        return end(progress, ExitCode.DENIED, ErrorMessage.of(e));
      } catch (IllegalArgumentException e) {
        return end(progress, ExitCode.USAGE, ErrorMessage.of(e));
      } catch (BatchException e) {
        return end(
            progress, DatabaseError.exitCode(e), DatabaseError.message(e, options.database()));
      } catch (IOException | RuntimeException e) {
        return end(progress, ExitCode.OTHER, ErrorMessage.of(e));
      }
    }
  }

  private static int end(Progress progress, int code, @Nullable String message) {
    progress.print(TerminalText.message("aiml-video: " + message));
    return code;
  }

  private int run(Progress progress) throws IOException {
    BatchFiles files = new BatchFiles(options.folder(), true);
    files.makeFolder();
    BatchRows rows = BatchRows.ofAnyManifest(options.folder());
    BatchReport report =
        new BatchReport(
            files, rows, common.json(), common.quiet(), spec.commandLine().getOut(), progress);
    BatchOutcome outcome = new BatchOutcome();
    try (BatchSession session =
        new BatchSession(
            (clients, events) -> options.open(common, SHUTDOWN_TIMEOUT, clients, events),
            this::client,
            new BatchEvents(rows, report, outcome))) {
      files.deletePartialFiles();
      report.inform("working on " + options.database());
      if (session.run(untilDone)) {
        Thread.currentThread().interrupt();
        return ExitCode.INTERRUPTED;
      }
      return code(session.batch.summary(), outcome);
    }
  }

  private static int code(BatchSummary summary, BatchOutcome outcome) {
    if (summary.count(RowState.FAILED) > 0) outcome.add(ExitCode.FAILED);
    if (summary.count(RowState.UNKNOWN) > 0) outcome.add(ExitCode.UNKNOWN);
    if (summary.count(RowState.RUNNING) > 0) outcome.add(ExitCode.STILL_RUNNING);
    return outcome.exitCode();
  }

  private VideoClient client(GenerationListener listener) {
    return common.builder(listener).recoveryTimeout(Duration.ZERO).build();
  }
}
