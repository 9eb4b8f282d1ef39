package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchListener;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.batch.VideoBatchBuilder;
import io.github.aimlvideo.cli.CommonOptions;
import io.github.aimlvideo.cli.DurationText;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that works on a batch. */
final class BatchOptions {
  /** After a signal the JVM has 5 s: for creates, then for other steps, then for the results. */
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

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

  /** Names the database for a person. */
  String database() {
    return folder.resolve(BatchFiles.DATABASE).toString();
  }

  /** The limit of credits for a person; only if there is one. */
  String limit() {
    return "--max-credits " + Objects.requireNonNull(maxCredits).toPlainString();
  }

  /** A warning if more was spent than the limit, as a price was unknown. */
  Optional<String> excess(BigDecimal spent) {
    if (maxCredits == null || spent.compareTo(maxCredits) <= 0) return Optional.empty();
    return Optional.of(
        "warning: spent "
            + spent.toPlainString()
            + " of "
            + limit()
            + ", as a price was not known before");
  }

  /** Whether only rows whose price is known may be created. */
  boolean needsPrices() {
    return maxCredits != null && !acceptUnknownPrice;
  }

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  void check() {
    if (concurrency < 1 || concurrency > 10_000)
      throw new IllegalArgumentException("--concurrency must be from 1 to 10000: " + concurrency);
    if (maxCredits != null && maxCredits.signum() <= 0)
      throw new IllegalArgumentException("--max-credits must be more than 0: " + maxCredits);
    if (Files.exists(folder) && !Files.isDirectory(folder))
      throw new IllegalArgumentException("--out is not a folder: " + folder);
    DurationText.check("--recovery-timeout", recoveryTimeout, Duration.ZERO);
  }

  /** Opens the batch. */
  VideoBatch open(
      CommonOptions common,
      Function<GenerationListener, VideoClient> client,
      BatchListener listener) {
    VideoBatchBuilder builder = VideoBatch.inFolder(folder);
    if (maxCredits != null) builder.maxCredits(maxCredits);
    return builder
        .client(client)
        .server(common.server())
        .pollPolicy(common.pollPolicy())
        .maxInFlight(concurrency)
        .acceptUnknownPrices(acceptUnknownPrice)
        .resubmitUnknown(resubmitUnknown)
        .recoveryTimeout(recoveryTimeout)
        .rejectionTimeout(common.timeout())
        .shutdownTimeout(SHUTDOWN_TIMEOUT)
        .listener(listener)
        .build();
  }
}
