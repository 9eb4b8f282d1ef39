package io.github.aimlvideo.cli;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.github.aimlvideo.cli.terminal.LogFormatter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of every command that talks to the server. */
public class ServerOptions {
  /** A strong reference; java.util.logging drops the settings of a collected logger. */
  private static final Logger LOG = Logger.getLogger("io.github.aimlvideo");

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Base URL of the API, without /v2 (default: https://api.aimlapi.com).")
  private @Nullable String baseUrl;

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

  /** The base URL without slashes at its end, or the default. */
  public String server() {
    return baseUrl == null ? "https://api.aimlapi.com" : baseUrl.replaceFirst("/+$", "");
  }

  /** The base URL as given; null for the default. */
  public @Nullable String baseUrl() {
    return baseUrl;
  }

  /**
   * A builder with these options, for a command that has settings of its own.
   *
   * @throws IllegalArgumentException if an option is wrong
   */
  public VideoClientBuilder builder() {
    if (verbosity.verbose) logToStandardError();
    return settings();
  }

  /** A builder for a command that needs no key: the catalogue is public. */
  public VideoClientBuilder keylessBuilder() {
    return builder().apiKey("none");
  }

  /** An HTTP client with the proxies of the environment, for requests to other servers. */
  public OkHttpClient httpClient() {
    return ProxySettings.client(System.getenv()).orElseGet(OkHttpClient::new);
  }

  /** Whether there is a key, which may be wrong. */
  public static boolean hasKey() {
    String key = System.getenv("AIML_API_KEY");
    return key != null && !key.isBlank();
  }

  /** A builder with these options that sets up no log. */
  VideoClientBuilder settings() {
    VideoClientBuilder builder = VideoClient.builder();
    if (baseUrl != null) builder.baseUrl(baseUrl);
    UserCache.folder(System.getenv(), System.getProperty("os.name"))
        .ifPresent(builder::cacheDirectory);
    ProxySettings.client(System.getenv()).ifPresent(builder::httpClient);
    return builder;
  }

  private static void logToStandardError() {
    if (LOG.getHandlers().length > 0) return; // another client of this command did
    Handler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(new LogFormatter());
    LOG.setLevel(Level.ALL);
    LOG.addHandler(handler);
    LOG.setUseParentHandlers(false);
  }
}
