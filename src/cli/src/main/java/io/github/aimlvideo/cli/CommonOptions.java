package io.github.aimlvideo.cli;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.github.aimlvideo.cli.terminal.LogFormatter;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that every command has. */
public final class CommonOptions {
  /** A strong reference; java.util.logging drops the settings of a collected logger. */
  private static final Logger LOG = Logger.getLogger("io.github.aimlvideo");

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Base URL of the API, without /v2 (default: https://api.aimlapi.com).")
  private @Nullable String baseUrl;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = {
        "Time between polls, such as 500ms, 15s or 1m30s",
        "(default: adapted to the time that a generation usually takes)."
      })
  private @Nullable Duration interval;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "How long to wait, without the download (default: 1000s).")
  private Duration timeout = PollPolicy.DEFAULT.timeout();

  @Option(
      names = "--download-timeout",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "How long a download may take, with all its attempts (default: 1h).")
  private @Nullable Duration downloadTimeout;

  @Option(names = "--json", description = "Print the result as one JSON object, also on failure.")
  private boolean json;

  @ArgGroup private Verbosity verbosity = new Verbosity();

  private static final class Verbosity {
    @Option(names = "--quiet", description = "Print only ids, errors and resume hints.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Log each step to standard error, never the key.")
    private boolean verbose;
  }

  /** Whether the result is printed as JSON. */
  public boolean json() {
    return json;
  }

  /** Whether only ids, errors and resume hints are printed. */
  public boolean quiet() {
    return verbosity.quiet;
  }

  /** Whether each step is logged. */
  public boolean verbose() {
    return verbosity.verbose;
  }

  /** The time between polls; empty if it is adapted. */
  public Optional<Duration> interval() {
    return Optional.ofNullable(interval);
  }

  /** How long to wait for a generation. */
  public Duration timeout() {
    return timeout;
  }

  /** The base URL without slashes at its end, or the default. */
  public String server() {
    return baseUrl == null ? "https://api.aimlapi.com" : baseUrl.replaceFirst("/+$", "");
  }

  /** The base URL as given; null for the default. */
  public @Nullable String baseUrl() {
    return baseUrl;
  }

  /**
   * A client with these options.
   *
   * @throws IllegalArgumentException if an option is wrong
   */
  public VideoClient client(GenerationListener listener) {
    return builder(listener).build();
  }

  /** A builder with these options, for a command that has settings of its own. */
  public VideoClientBuilder builder(GenerationListener listener) {
    if (verbosity.verbose) logToStandardError();
    return builder().listener(listener);
  }

  /**
   * Checks these options before a command writes anything that has them.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  public void check() {
    builder().apiKey("unused").build().close();
  }

  private VideoClientBuilder builder() {
    VideoClientBuilder builder = VideoClient.builder().pollPolicy(pollPolicy());
    if (baseUrl != null) builder.baseUrl(baseUrl);
    if (downloadTimeout != null) {
      DurationText.check("--download-timeout", downloadTimeout, Duration.ofMillis(1));
      builder.downloadTimeout(downloadTimeout);
    }
    ProxySettings.client(System.getenv()).ifPresent(builder::httpClient);
    return builder;
  }

  /**
   * When to poll.
   *
   * @throws IllegalArgumentException if an option is wrong
   */
  public PollPolicy pollPolicy() {
    DurationText.check("--timeout", timeout, Duration.ofMillis(1));
    PollPolicy policy = PollPolicy.DEFAULT.withTimeout(timeout);
    if (interval == null) return policy;
    DurationText.check("--interval", interval, Duration.ofMillis(100));
    return policy.withInterval(interval);
  }

  private static void logToStandardError() {
    Handler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(new LogFormatter());
    LOG.setLevel(Level.ALL);
    LOG.addHandler(handler);
    LOG.setUseParentHandlers(false);
  }
}
