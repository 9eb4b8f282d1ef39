package io.github.aimlvideo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link VideoClient}. Not safe for use by several threads. */
public final class VideoClientBuilder {
  @Nullable String apiKey;
  String baseUrl = "https://api.aimlapi.com";
  PollPolicy pollPolicy = PollPolicy.DEFAULT;
  RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
  Duration recoveryTimeout = Duration.ofMinutes(6);
  long maxDownloadBytes = 2L << 30;
  @Nullable GenerationListener listener;
  @Nullable Executor callbackExecutor;
  int maxConcurrentRequests = 64;
  @Nullable Path historyFile;
  @Nullable OkHttpClient httpClient;
  boolean useLegacyEndpoint;
  @Nullable Timer timer;

  VideoClientBuilder() {}

  /**
   * The API key; white space around it is dropped. It is sent to the base URL's origin alone.
   * Default: the environment variable {@code AIML_API_KEY}.
   */
  public VideoClientBuilder apiKey(String apiKey) {
    this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
    return this;
  }

  /**
   * Where the API is, without {@code /v2}; a path prefix is kept. Default {@code
   * https://api.aimlapi.com}; plain http is taken for loopback addresses alone.
   */
  public VideoClientBuilder baseUrl(String baseUrl) {
    this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
    return this;
  }

  /** When to look and when to give up. Default {@link PollPolicy#DEFAULT}. */
  public VideoClientBuilder pollPolicy(PollPolicy pollPolicy) {
    this.pollPolicy = Objects.requireNonNull(pollPolicy, "pollPolicy");
    return this;
  }

  /** How often a step is tried again, and when. Default {@link RetryPolicy#DEFAULT}. */
  public VideoClientBuilder retryPolicy(RetryPolicy retryPolicy) {
    this.retryPolicy = Objects.requireNonNull(retryPolicy, "retryPolicy");
    return this;
  }

  /**
   * How long a create whose answer was lost is looked up in the vendor's logs, within the deadline.
   * Default 6 minutes, as the logs may have it only after the generation has ended; zero is off.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public VideoClientBuilder recoveryTimeout(Duration recoveryTimeout) {
    if (recoveryTimeout.isNegative()) {
      throw new IllegalArgumentException("recoveryTimeout < 0: " + recoveryTimeout);
    }
    this.recoveryTimeout = recoveryTimeout;
    return this;
  }

  /**
   * The largest video that is downloaded, in bytes. Default 2 GiB.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public VideoClientBuilder maxDownloadBytes(long bytes) {
    if (bytes < 1) throw new IllegalArgumentException("maxDownloadBytes < 1: " + bytes);
    this.maxDownloadBytes = bytes;
    return this;
  }

  /**
   * Who hears of each id, each change of status, each end and each warning; called on the {@link
   * #callbackExecutor}. Default: nobody. The same goes to {@link System.Logger} {@code
   * io.github.aimlvideo} at level DEBUG, for whatever logging there is.
   */
  public VideoClientBuilder listener(GenerationListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Where listeners are called and futures end, with what depends on them. Whatever happens there,
   * the client's looks go on. Default: threads of the client's own, one if that is enough, more
   * while tasks wait for each other.
   */
  public VideoClientBuilder callbackExecutor(Executor callbackExecutor) {
    this.callbackExecutor = Objects.requireNonNull(callbackExecutor, "callbackExecutor");
    return this;
  }

  /**
   * How many calls to the API may be under way at once; each takes a thread then. Four threads do
   * until the server needs longer than the machine. Default 64; downloads are not counted.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public VideoClientBuilder maxConcurrentRequests(int calls) {
    if (calls < 1) throw new IllegalArgumentException("maxConcurrentRequests < 1: " + calls);
    this.maxConcurrentRequests = calls;
    return this;
  }

  /**
   * Where the client keeps how long generations took, for each model and duration, so that the next
   * client knows when to look; read by {@link #build}, written by {@link VideoClient#close}. A file
   * that cannot be used does no harm. Default: none, what is learned ends with the client.
   */
  public VideoClientBuilder historyFile(Path file) {
    this.historyFile = Objects.requireNonNull(file, "file");
    return this;
  }

  /**
   * The OkHttp client whose proxy, DNS, TLS, connect timeout, interceptors and, but for creates,
   * connections are used; it is not closed with this client. Threads, the other timeouts and
   * repeats are this client's own, and towards the API no redirect is followed. Default: a new one.
   *
   * <p>Its interceptors, network interceptors and {@link okhttp3.EventListener.Factory} get every
   * call, creates, looks, logs and downloads, so metrics and tracing for OkHttp work as they are.
   * Network interceptors and event listeners ({@code requestHeadersEnd}) see the key.
   */
  public VideoClientBuilder httpClient(OkHttpClient httpClient) {
    this.httpClient = Objects.requireNonNull(httpClient, "httpClient");
    return this;
  }

  /**
   * Whether to use the vendor's older address, {@code /v2/generate/video/kling/generation}, for
   * both operations. Default false.
   */
  public VideoClientBuilder useLegacyEndpoint(boolean useLegacyEndpoint) {
    this.useLegacyEndpoint = useLegacyEndpoint;
    return this;
  }

  VideoClientBuilder timer(Timer timer) {
    this.timer = timer;
    return this;
  }

  /**
   * A client with these settings. Nothing is sent yet.
   *
   * @throws InvalidApiKeyException if there is no key, or what is given cannot be one
   * @throws IllegalArgumentException if a setting is wrong; the message says which
   */
  public VideoClient build() {
    return new VideoClient(new Engine(this));
  }
}
