package io.github.aimlvideo.cli;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that works on generations. */
public final class CommonOptions extends ServerOptions {
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

  /** The time between polls; empty if it is adapted. */
  public Optional<Duration> interval() {
    return Optional.ofNullable(interval);
  }

  /** How long to wait for a generation. */
  public Duration timeout() {
    return timeout;
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
    return builder().listener(listener);
  }

  /**
   * Checks these options before a command writes anything that has them.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  public void check() {
    settings().apiKey("unused").build().close();
  }

  @Override
  VideoClientBuilder settings() {
    VideoClientBuilder builder = super.settings().pollPolicy(pollPolicy());
    if (downloadTimeout == null) return builder;
    DurationText.check("--download-timeout", downloadTimeout, Duration.ofMillis(1));
    return builder.downloadTimeout(downloadTimeout);
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
}
