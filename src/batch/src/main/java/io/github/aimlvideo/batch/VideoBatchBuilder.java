package io.github.aimlvideo.batch;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchException.Reason;
import io.github.aimlvideo.batch.internal.database.Database;
import io.github.aimlvideo.batch.internal.store.BatchConfig;
import io.github.aimlvideo.batch.internal.store.BatchStore;
import io.github.aimlvideo.batch.internal.store.SpendingLimit;
import io.github.aimlvideo.batch.internal.store.Timing;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Options of a {@link VideoBatch}. Not safe for use by several threads. */
public final class VideoBatchBuilder {
  private final @Nullable DataSource dataSource;
  private @Nullable Path folder;
  private @Nullable VideoSink sink;
  private @Nullable Function<GenerationListener, VideoClient> client;
  private String name = "default";
  private String server = "";
  private int maxInFlight = 10;
  private @Nullable BigDecimal maxCredits;
  private @Nullable BigDecimal maxUsd;
  private boolean acceptUnknownPrices;
  private boolean resubmitUnknown;
  private Duration recoveryTimeout = Duration.ofMinutes(6);
  private Duration rejectionTimeout = PollPolicy.DEFAULT.timeout();
  private Duration shutdownTimeout = Duration.ofSeconds(20);
  private PollPolicy pollPolicy = PollPolicy.DEFAULT;
  private Timing timing = Timing.DEFAULT;
  private @Nullable Predicate<String> creatable;
  private BatchListener listener = new BatchListener() {};

  VideoBatchBuilder(@Nullable DataSource dataSource, @Nullable Path folder) {
    this.dataSource = dataSource;
    this.folder = folder;
  }

  /** The client that sends all requests. It is not closed. Required. */
  public VideoBatchBuilder client(VideoClient client) {
    Objects.requireNonNull(client, "client");
    return client(listener -> client);
  }

  /**
   * Makes the client with a listener of the batch, so that what the client retries by itself pauses
   * the creates of all workers too. It is not closed.
   */
  public VideoBatchBuilder client(Function<GenerationListener, VideoClient> client) {
    this.client = Objects.requireNonNull(client, "client");
    return this;
  }

  /**
   * The folder for videos, {@code NAME.mp4}; made if missing.
   *
   * @throws IllegalStateException if the batch is in a folder, which is that of its videos
   */
  public VideoBatchBuilder folder(Path folder) {
    if (dataSource == null)
      throw new IllegalStateException("the batch is in folder " + this.folder);
    this.folder = Objects.requireNonNull(folder, "folder");
    return this;
  }

  /** Where videos go instead of to a folder. */
  public VideoBatchBuilder sink(VideoSink sink) {
    this.sink = Objects.requireNonNull(sink, "sink");
    return this;
  }

  /** The name of the batch in its database, which may have several; {@code default} by default. */
  public VideoBatchBuilder name(String name) {
    if (name.isBlank() || name.length() > 100)
      throw new IllegalArgumentException("name must have 1 to 100 characters: " + name);
    this.name = name;
    return this;
  }

  /**
   * The base URL of the server, as ids are only valid there: {@link #build} refuses another one
   * later. By default, it is not checked.
   */
  public VideoBatchBuilder server(String baseUrl) {
    server = Objects.requireNonNull(baseUrl, "baseUrl");
    return this;
  }

  /**
   * How many generations run at once, over all workers; 1 to 10,000, by default 10. Halved when the
   * server rejects creates, and raised again when it accepts them. Each worker keeps to the limit
   * that it was given, so give all the same.
   */
  public VideoBatchBuilder maxInFlight(int generations) {
    if (generations < 1 || generations > 10_000)
      throw new IllegalArgumentException("maxInFlight must be from 1 to 10000: " + generations);
    maxInFlight = generations;
    return this;
  }

  /**
   * Spends at most so many credits on the batch, over all workers and runs; by default, there is no
   * limit. A row is expected to cost at most what the vendor's catalogue quotes, or as much as the
   * most expensive one with the same model and settings if that is more. If neither is known,
   * {@link VideoBatch#start} refuses to send any. Give all workers the same.
   *
   * @param credits at least 0.000001; 2,000,000 are one US dollar
   */
  public VideoBatchBuilder maxCredits(BigDecimal credits) {
    maxCredits = checked("maxCredits", credits);
    return this;
  }

  /**
   * As {@link #maxCredits}, in US dollars. If both are given, the lower one holds.
   *
   * @param usd at least 0.000001
   */
  public VideoBatchBuilder maxUsd(BigDecimal usd) {
    maxUsd = checked("maxUsd", usd);
    return this;
  }

  private static BigDecimal checked(String name, BigDecimal amount) {
    if (amount.compareTo(SpendingLimit.MIN) < 0)
      throw new IllegalArgumentException(name + " must be at least 0.000001: " + amount);
    if (amount.compareTo(SpendingLimit.MAX) > 0)
      throw new IllegalArgumentException(name + " must be at most 1e15: " + amount);
    return amount;
  }

  /**
   * Whether one row of each model and settings whose price is unknown may exceed the limit to find
   * it out; by default not.
   */
  public VideoBatchBuilder acceptUnknownPrices(boolean accept) {
    acceptUnknownPrices = accept;
    return this;
  }

  /**
   * Whether rows are created again if the vendor's logs do not have their lost create; by default
   * not, as they may be charged twice.
   */
  public VideoBatchBuilder resubmitUnknown(boolean resubmit) {
    resubmitUnknown = resubmit;
    return this;
  }

  /**
   * How long to search the vendor's logs for a lost create; by default 6 minutes. Time between two
   * runs does not count.
   */
  public VideoBatchBuilder recoveryTimeout(Duration timeout) {
    recoveryTimeout = notNegative("recoveryTimeout", timeout);
    return this;
  }

  /** How long the server may reject every create before creates stop; by default 1000 s. */
  public VideoBatchBuilder rejectionTimeout(Duration timeout) {
    rejectionTimeout = notNegative("rejectionTimeout", timeout);
    return this;
  }

  /** How long {@link VideoBatch#close} waits for steps that are under way; by default 20 s. */
  public VideoBatchBuilder shutdownTimeout(Duration timeout) {
    shutdownTimeout = notNegative("shutdownTimeout", timeout);
    return this;
  }

  /**
   * When to poll each generation; by default {@link PollPolicy#DEFAULT}. After its timeout, a row
   * that is still running is left to the next start. The client's own policy is not used.
   */
  public VideoBatchBuilder pollPolicy(PollPolicy policy) {
    pollPolicy = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Creates only rows whose names pass, which is asked before each create; all others wait, and
   * {@link VideoBatch#run} waits for them. By default, all rows are created.
   *
   * @param names called in a transaction of the database; must not wait or use the batch
   */
  public VideoBatchBuilder createOnly(Predicate<String> names) {
    creatable = Objects.requireNonNull(names, "names");
    return this;
  }

  /** Receives what this worker does; one listener, the last one given. */
  public VideoBatchBuilder listener(BatchListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /** For tests that do not wait. */
  VideoBatchBuilder timing(Timing newTiming) {
    timing = newTiming;
    return this;
  }

  private static Duration notNegative(String name, Duration time) {
    if (time.isNegative()) throw new IllegalArgumentException(name + " < 0: " + time);
    return time;
  }

  /**
   * Opens the database, and makes its tables where they are missing.
   *
   * @throws BatchException if the database cannot be used
   * @throws IllegalStateException if an option is missing
   */
  public VideoBatch build() {
    if (client == null) throw new IllegalStateException("client is missing");
    if (folder == null && sink == null)
      throw new IllegalStateException("folder or sink is missing");
    BatchConfig config =
        new BatchConfig(
            name,
            server,
            Optional.ofNullable(folder),
            Optional.ofNullable(sink),
            maxInFlight,
            SpendingLimit.lower(maxCredits, maxUsd),
            acceptUnknownPrices,
            resubmitUnknown,
            recoveryTimeout,
            rejectionTimeout,
            shutdownTimeout,
            pollPolicy,
            timing,
            Optional.ofNullable(creatable),
            listener);
    if (dataSource != null) {
      if (folder != null && sink == null) make(folder);
      BatchStore store = new BatchStore(config, Database.open(dataSource, null));
      return VideoBatch.open(config, store, client, () -> {});
    }
    return VideoBatch.open(config, Objects.requireNonNull(folder), client);
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BatchException(Reason.FAILED, "cannot use the folder " + folder, e);
    }
  }
}
