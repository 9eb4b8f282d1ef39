package io.github.aimlvideo;

import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Checks what the caller sets, before anything is sent. No message shows the key. */
final class Settings {
  /** The environment variable that the vendor's own SDK reads. */
  static final String KEY_VARIABLE = "AIML_API_KEY";

  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1");

  private Settings() {}

  static String apiKey(@Nullable String given) {
    String key = (given != null ? given : System.getenv().getOrDefault(KEY_VARIABLE, "")).strip();
    if (key.isEmpty()) {
      throw new InvalidApiKeyException(
          "no API key: set the environment variable "
              + KEY_VARIABLE
              + " or give one to the builder");
    }
    if (!PRINTABLE.matcher(key).matches()) {
      throw new InvalidApiKeyException(
          "the API key holds white space or characters that no key has: check " + KEY_VARIABLE);
    }
    return key;
  }

  /** With a slash at the end, as Retrofit wants it; a path prefix is kept. */
  static HttpUrl baseUrl(String given) {
    HttpUrl url = HttpUrl.parse(given.endsWith("/") ? given : given + "/");
    if (url == null) {
      throw new IllegalArgumentException(
          "base URL is no http(s) URL: " + given.replaceAll("//.*@", "//"));
    }
    String shown = url.newBuilder().username("").password("").build().toString();
    if (!url.username().isEmpty() || url.query() != null || url.fragment() != null) {
      throw new IllegalArgumentException("base URL must be scheme, host and path alone: " + shown);
    }
    if (!url.isHttps() && !LOOPBACK.matcher(url.host()).matches()) {
      throw new IllegalArgumentException(
          "base URL must be https, the key would travel in the open: " + shown);
    }
    if (url.pathSegments().contains("v2")) {
      throw new IllegalArgumentException(
          "base URL must not hold /v2, the client adds that: " + shown);
    }
    return url;
  }
}
