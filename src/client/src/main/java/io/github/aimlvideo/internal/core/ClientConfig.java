package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.InvalidApiKeyException;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.Scheduler;
import io.github.aimlvideo.internal.values.ShortText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client, checked. No message and no text of it shows the key.
 *
 * @param baseUrl ends with a slash
 * @param httpClient the caller's, or null for one of the client's own
 * @param callbackExecutor the caller's, or null for threads of the client's own
 * @param scheduler a test's, or null for the system's time
 * @param cacheDirectory where the catalogue is kept, or null for nowhere
 */
public record ClientConfig(
    String apiKey,
    HttpUrl baseUrl,
    PollPolicy pollPolicy,
    RetryPolicy retryPolicy,
    Duration recoveryTimeout,
    Duration downloadTimeout,
    long maxDownloadBytes,
    int maxConcurrentRequests,
    boolean useLegacyEndpoint,
    @Nullable GenerationListener listener,
    @Nullable Executor callbackExecutor,
    @Nullable OkHttpClient httpClient,
    @Nullable Scheduler scheduler,
    @Nullable Path cacheDirectory) {
  /** The environment variable that the vendor's own SDK reads. */
  private static final String KEY_VARIABLE = "AIML_API_KEY";

  private static final Duration MAX_DURATION = Duration.ofDays(365);
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

  /** Up to the last @ of a text that is no URL, in any of the forms that IDNA takes for it. */
  private static final Pattern USER_INFO = Pattern.compile("(?is).*([@\uFF20\uFE6B]|%40)");

  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1");

  /**
   * The key, without white space around it.
   *
   * @param given the caller's, or null for the environment variable
   * @throws InvalidApiKeyException if there is none, or it is malformed
   */
  public static String checkedKey(@Nullable String given) {
    String key = (given != null ? given : System.getenv().getOrDefault(KEY_VARIABLE, "")).strip();
    String source = given == null ? "environment variable " + KEY_VARIABLE : "argument of apiKey()";
    if (key.isEmpty()) {
      throw new InvalidApiKeyException(
          given == null
              ? "no API key; set the " + source + " or pass it to the builder"
              : "no API key; the " + source + " is blank");
    }
    if (!PRINTABLE.matcher(key).matches()) {
      throw new InvalidApiKeyException(
          "the API key contains white space or characters that no key has; check the " + source);
    }
    return key;
  }

  /**
   * The base URL with a slash at the end, as Retrofit wants it.
   *
   * @throws IllegalArgumentException if it is not an https URL of scheme, host and path
   */
  public static HttpUrl checkedBaseUrl(String given) {
    HttpUrl url = HttpUrl.parse(given.endsWith("/") ? given : given + "/");
    if (url == null) {
      throw new IllegalArgumentException(
          "base URL is not an http(s) URL: "
              + ShortText.value(USER_INFO.matcher(given).replaceFirst("")));
    }
    HttpUrl.Builder safe = url.newBuilder().username("").password("").query(null).fragment(null);
    String shown = ShortText.value(safe.build());
    boolean hasUserInfo = !url.username().isEmpty() || !url.password().isEmpty();
    if (hasUserInfo || url.query() != null || url.fragment() != null) {
      throw new IllegalArgumentException("base URL must be only scheme, host and path: " + shown);
    }
    if (!url.isHttps() && !LOOPBACK.matcher(url.host()).matches()) {
      throw new IllegalArgumentException(
          "base URL must be https, or the key would be sent in plain text: " + shown);
    }
    if (url.pathSegments().contains("v2")) {
      throw new IllegalArgumentException(
          "base URL must not contain /v2, which the client adds: " + shown);
    }
    return url;
  }

  /**
   * Accepts 0 to 365 days.
   *
   * @throws IllegalArgumentException if it is another duration
   */
  public static void checkDuration(String name, Duration given) {
    Objects.requireNonNull(given, name);
    if (given.isNegative()) throw new IllegalArgumentException(name + " < 0: " + given);
    if (given.compareTo(MAX_DURATION) > 0) {
      throw new IllegalArgumentException(name + " > 365 days: " + given);
    }
  }

  @Override
  public String toString() {
    return "ClientConfig[" + baseUrl + "]";
  }
}
