package io.github.aimlvideo;

import io.github.aimlvideo.internal.DefaultVideoClient;
import io.github.aimlvideo.internal.core.ClientConfig;
import io.github.aimlvideo.internal.http.OkHttpVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link VideoClient}. Not safe for use by several threads. */
public final class VideoClientBuilder {
  private @Nullable String apiKey;
  private String baseUrl = "https://api.aimlapi.com";
  private PollPolicy pollPolicy = PollPolicy.DEFAULT;
  private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
  private Duration recoveryTimeout = Duration.ofMinutes(6);
  private Duration downloadTimeout = Duration.ofHours(1);
  private long maxDownloadBytes = 2L << 30;
  private int maxConcurrentRequests = 12;
  private boolean useLegacyEndpoint;
  private @Nullable GenerationListener listener;
  private @Nullable Executor callbackExecutor;
  private @Nullable OkHttpClient httpClient;
  private @Nullable Scheduler scheduler;
  private @Nullable Path cacheDirectory;

  VideoClientBuilder() {}

  /**
   * The API key; surrounding white space is dropped. It is sent to the base URL's origin only.
   * Default: the environment variable {@code AIML_API_KEY}.
   */
  public VideoClientBuilder apiKey(String apiKey) {
    this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
    return this;
  }

  /**
   * The address of the API, without {@code /v2}; a path prefix is kept. Default {@code
   * https://api.aimlapi.com}. Plain http is accepted for loopback addresses only.
   */
  public VideoClientBuilder baseUrl(String baseUrl) {
    this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
    return this;
  }

  /** When to poll, and when to give up. Default {@link PollPolicy#DEFAULT}. */
  public VideoClientBuilder pollPolicy(PollPolicy pollPolicy) {
    this.pollPolicy = Objects.requireNonNull(pollPolicy, "pollPolicy");
    return this;
  }

  /** How often a step is retried, and when. Default {@link RetryPolicy#DEFAULT}. */
  public VideoClientBuilder retryPolicy(RetryPolicy retryPolicy) {
    this.retryPolicy = Objects.requireNonNull(retryPolicy, "retryPolicy");
    return this;
  }

  /**
   * How long to search the vendor's logs for a create whose response was lost, within the timeout
   * of the poll policy. Default 6 minutes, as the logs may list it only after the generation has
   * ended; zero switches it off.
   *
   * @throws IllegalArgumentException if it is negative, or more than 365 days
   */
  public VideoClientBuilder recoveryTimeout(Duration recoveryTimeout) {
    ClientConfig.checkDuration("recoveryTimeout", recoveryTimeout);
    this.recoveryTimeout = recoveryTimeout;
    return this;
  }

  /**
   * How long one download may take, with all its attempts. Default 1 hour, which 200 MB take at 0.5
   * Mbit/s.
   *
   * @throws IllegalArgumentException if it is not positive, or more than 365 days
   */
  public VideoClientBuilder downloadTimeout(Duration downloadTimeout) {
    if (downloadTimeout.isZero()) throw new IllegalArgumentException("downloadTimeout <= 0: PT0S");
    ClientConfig.checkDuration("downloadTimeout", downloadTimeout);
    this.downloadTimeout = downloadTimeout;
    return this;
  }

  /**
   * The size of the largest video that is downloaded, in bytes. Default 2 GiB.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public VideoClientBuilder maxDownloadBytes(long bytes) {
    if (bytes < 1) throw new IllegalArgumentException("maxDownloadBytes < 1: " + bytes);
    this.maxDownloadBytes = bytes;
    return this;
  }

  /**
   * Receives ids, changes of status, retries, ends and warnings, on the {@link #callbackExecutor}.
   * Default: none. {@link System.Logger} {@code io.github.aimlvideo} gets the same at level DEBUG.
   */
  public VideoClientBuilder listener(GenerationListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Runs listeners, and completes futures with what depends on them. Polls never wait for it.
   * Default: a few daemon threads of the client's own, and a spare one for each that waits for a
   * future; pass an executor of your own if your code blocks for long.
   */
  public VideoClientBuilder callbackExecutor(Executor callbackExecutor) {
    this.callbackExecutor = Objects.requireNonNull(callbackExecutor, "callbackExecutor");
    return this;
  }

  /**
   * How many requests to the API may be in progress at once; each takes a thread. Default 12, which
   * is enough for a thousand generations at a response time of 200 ms. Downloads have 8 threads of
   * their own.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public VideoClientBuilder maxConcurrentRequests(int requests) {
    if (requests < 1) throw new IllegalArgumentException("maxConcurrentRequests < 1: " + requests);
    this.maxConcurrentRequests = requests;
    return this;
  }

  /**
   * The OkHttp client whose proxy, DNS, TLS, connect timeout, interceptors and, for downloads,
   * connections are used; it is not closed with this client. Threads, other timeouts and retries
   * are this client's own, and redirects of the API are not followed. Default: a new one.
   *
   * <p>Its interceptors and {@link okhttp3.EventListener.Factory} receive every call, so metrics
   * and tracing for OkHttp work. Network interceptors and event listeners see the key.
   */
  public VideoClientBuilder httpClient(OkHttpClient httpClient) {
    this.httpClient = Objects.requireNonNull(httpClient, "httpClient");
    return this;
  }

  /**
   * Whether to use the vendor's older endpoint, {@code /v2/generate/video/kling/generation}, for
   * both operations. Default false.
   */
  public VideoClientBuilder useLegacyEndpoint(boolean useLegacyEndpoint) {
    this.useLegacyEndpoint = useLegacyEndpoint;
    return this;
  }

  /**
   * The time of delays and timeouts, for tests that must not wait; the timeouts of single requests
   * stay with OkHttp. Default: the system's time, kept by a daemon thread of the client's own.
   */
  public VideoClientBuilder scheduler(Scheduler scheduler) {
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    return this;
  }

  /**
   * A folder in which the client keeps the catalogue, so that a new client need not load it again;
   * it is made when needed. Default: none. What cannot be read or written there is no failure.
   */
  public VideoClientBuilder cacheDirectory(Path cacheDirectory) {
    this.cacheDirectory = Objects.requireNonNull(cacheDirectory, "cacheDirectory");
    return this;
  }

  /**
   * Makes a client. Nothing is sent yet.
   *
   * @throws InvalidApiKeyException if the key is missing or malformed
   * @throws IllegalArgumentException if another setting is invalid
   * @throws IllegalStateException if an OkHttp before version 5 is first on the class path; the
   *     message names the jars
   */
  public VideoClient build() {
    OkHttpVersion.check();
    return new DefaultVideoClient(
        new ClientConfig(
            ClientConfig.checkedKey(apiKey),
            ClientConfig.checkedBaseUrl(baseUrl),
            pollPolicy,
            retryPolicy,
            recoveryTimeout,
            downloadTimeout,
            maxDownloadBytes,
            maxConcurrentRequests,
            useLegacyEndpoint,
            listener,
            callbackExecutor,
            httpClient,
            scheduler,
            cacheDirectory));
  }
}
