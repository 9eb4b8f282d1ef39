package io.github.aimlvideo.cli;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What every command takes. */
public final class CommonOptions {
  /** Held here, as java.util.logging forgets the settings of a logger that nobody holds. */
  private static final Logger LOG = Logger.getLogger("io.github.aimlvideo");

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Where the API is, without /v2 (default: https://api.aimlapi.com).")
  private @Nullable String baseUrl;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = Time.class,
      description = {
        "Time between two looks, such as 500ms, 15s or 1m30s",
        "(default: as the length of earlier generations suggests)."
      })
  private @Nullable Duration interval;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Time for everything but the download (default: 16m40s).")
  private Duration timeout = PollPolicy.DEFAULT.timeout();

  @Option(names = "--json", description = "Print the result as one JSON object, on failure too.")
  private boolean json;

  @ArgGroup private Verbosity talk = new Verbosity();

  private static final class Verbosity {
    @Option(
        names = "--quiet",
        description = "Tell the id, failures and how to go on, and nothing else.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Log each step to standard error; never the key.")
    private boolean verbose;
  }

  /** Whether the result is one JSON object. */
  public boolean json() {
    return json;
  }

  /** Whether only ids, failures and commands that go on are told. */
  public boolean quiet() {
    return talk.quiet;
  }

  /** Whether each step is logged. */
  public boolean verbose() {
    return talk.verbose;
  }

  /** How long a generation may take. */
  public Duration timeout() {
    return timeout;
  }

  /** Where the API is, as one server is always called. */
  public String server() {
    return baseUrl == null ? "https://api.aimlapi.com" : baseUrl.replaceFirst("/+$", "");
  }

  /** Where the API is; null if it is where it usually is. */
  public @Nullable String baseUrl() {
    return baseUrl;
  }

  /**
   * The client that these options ask for.
   *
   * @throws IllegalArgumentException if an option is wrong
   */
  public VideoClient client(GenerationListener listener) {
    return builder(listener).build();
  }

  /** The same, for a command that has settings of its own. */
  public VideoClientBuilder builder(GenerationListener listener) {
    if (talk.verbose) logToStandardError();
    VideoClientBuilder builder = VideoClient.builder().pollPolicy(policy()).listener(listener);
    if (baseUrl != null) builder.baseUrl(baseUrl);
    return builder;
  }

  private PollPolicy policy() {
    try {
      PollPolicy policy = PollPolicy.DEFAULT.withTimeout(timeout);
      return interval == null ? policy : policy.withInterval(interval);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--" + String.valueOf(e.getMessage()).replace("deadline", "timeout"), e);
    }
  }

  private static void logToStandardError() {
    Handler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    LOG.setLevel(Level.ALL);
    LOG.addHandler(handler);
    LOG.setUseParentHandlers(false);
  }

  /** A file, not a folder or a stream. */
  public static final class FileName implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.equals("-")) {
        throw new TypeConversionException("a video does not go to standard output");
      }
      if (text.isBlank() || text.endsWith("/")) {
        throw new TypeConversionException("'" + text + "' is no file");
      }
      return Path.of(text);
    }
  }

  /** {@code 500ms}, {@code 15s}, {@code 16m40s} or ISO 8601. */
  public static final class Time implements ITypeConverter<Duration> {
    private static final Pattern MILLIS = Pattern.compile("(\\d{1,12})ms");

    @Override
    public Duration convert(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      var millis = MILLIS.matcher(lower);
      if (millis.matches()) return Duration.ofMillis(Long.parseLong(millis.group(1)));
      try {
        return Duration.parse(lower.startsWith("p") ? lower : "pt" + lower);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + text + "' is no time such as 500ms, 15s, 16m40s or PT15S");
      }
    }
  }
}
