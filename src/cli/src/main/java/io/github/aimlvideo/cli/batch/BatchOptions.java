package io.github.aimlvideo.cli.batch;

import com.zaxxer.hikari.HikariDataSource;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchListener;
import io.github.aimlvideo.batch.BatchPreview;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.batch.VideoBatchBuilder;
import io.github.aimlvideo.cli.CommonOptions;
import io.github.aimlvideo.cli.DurationText;
import io.github.aimlvideo.cli.ResumeHint;
import io.github.aimlvideo.cli.batch.price.BudgetOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that works on a batch. */
final class BatchOptions {
  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "DIR",
      description = "Folder for all results; created if missing.")
  @SuppressWarnings("NullAway.Init") // picocli requires one
  private Path folder;

  @Mixin private DatabaseOptions database;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "How many generations run at once, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  private int concurrency = 10;

  @Mixin private BudgetOptions budget;

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

  Path folder() {
    return folder;
  }

  /** Whether the rows are in a database for several machines. */
  boolean isShared() {
    return database.database().isPresent();
  }

  /** Names the database for a person. */
  String database() {
    return database
        .database()
        .map(url -> "batch " + database.batch() + " in " + url)
        .orElseGet(() -> folder.resolve(BatchFiles.DATABASE).toString());
  }

  /** A label and a command that resumes, which has no password. */
  String[] resumeHint(List<String> arguments) {
    return new String[] {database.resumeLabel(), ResumeHint.of(database.shown(arguments))};
  }

  /** The arguments without a password. */
  List<String> shown(List<String> arguments) {
    return database.shown(arguments);
  }

  /** What the batch may spend. */
  BudgetOptions budget() {
    return budget;
  }

  /** Whether rows of unknown outcome are created again. */
  boolean resubmitsUnknown() {
    return resubmitUnknown;
  }

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  void check() {
    if (concurrency < 1 || concurrency > 10_000)
      throw new IllegalArgumentException("--concurrency must be from 1 to 10000: " + concurrency);
    budget.check();
    if (Files.exists(folder) && !Files.isDirectory(folder))
      throw new IllegalArgumentException("--out is not a folder: " + folder);
    database.check();
    DurationText.check("--recovery-timeout", recoveryTimeout, Duration.ZERO);
  }

  /**
   * Opens the batch.
   *
   * @param shutdownTimeout for steps under way; after a signal the JVM has 5 s for everything
   */
  OpenBatch open(
      CommonOptions common,
      Duration shutdownTimeout,
      Function<GenerationListener, VideoClient> client,
      BatchListener listener) {
    HikariDataSource source = database.open().orElse(null);
    try {
      VideoBatchBuilder builder =
          source == null
              ? VideoBatch.inFolder(folder)
              : VideoBatch.on(source).folder(folder.toAbsolutePath()).name(database.batch());
      return new OpenBatch(build(builder, common, shutdownTimeout, client, listener), source);
    } catch (RuntimeException e) {
      if (source != null) source.close();
      throw e;
    }
  }

  /** Reads the batch, which need not exist, and changes nothing. */
  BatchPreview preview() {
    Optional<HikariDataSource> source = database.open();
    if (source.isEmpty()) return BatchPreview.inFolder(folder);
    try (HikariDataSource opened = source.get()) {
      return BatchPreview.on(opened, database.batch(), folder);
    }
  }

  private VideoBatch build(
      VideoBatchBuilder builder,
      CommonOptions common,
      Duration shutdownTimeout,
      Function<GenerationListener, VideoClient> client,
      BatchListener listener) {
    budget.apply(builder);
    return builder
        .client(client)
        .server(common.server())
        .pollPolicy(common.pollPolicy())
        .maxInFlight(concurrency)
        .resubmitUnknown(resubmitUnknown)
        .recoveryTimeout(recoveryTimeout)
        .rejectionTimeout(common.timeout())
        .shutdownTimeout(shutdownTimeout)
        .listener(listener)
        .build();
  }
}
