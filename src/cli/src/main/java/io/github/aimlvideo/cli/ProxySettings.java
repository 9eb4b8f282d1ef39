package io.github.aimlvideo.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}
 * name, or the same in lower case, which comes first as in curl. Loopback needs none. Nothing shows
 * the credentials.
 */
final class ProxySettings extends ProxySelector {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");
  private static final Pattern USER_INFO = Pattern.compile("(?s)(.*://)?.*@");

  private final @Nullable HttpUrl http;
  private final @Nullable HttpUrl https;
  private final List<String> exceptions;

  private ProxySettings(@Nullable HttpUrl http, @Nullable HttpUrl https, List<String> exceptions) {
    this.http = http;
    this.https = https;
    this.exceptions = exceptions;
  }

  /**
   * An HTTP client that uses the proxies of an environment; empty if that has none.
   *
   * @throws IllegalArgumentException if a variable is not the URL of an HTTP proxy
   */
  static Optional<OkHttpClient> client(Map<String, String> environment) {
    HttpUrl http = proxy("http_proxy", environment);
    HttpUrl https = proxy("https_proxy", environment);
    if (http == null || https == null) {
      HttpUrl all = proxy("all_proxy", environment);
      if (http == null) http = all;
      if (https == null) https = all;
    }
    if (http == null && https == null) return Optional.empty();
    String exceptions = value("no_proxy", environment).map(Map.Entry::getValue).orElse("");
    List<String> hosts =
        Stream.of(exceptions.split("[,\\s]+")).map(host -> host.toLowerCase(Locale.ROOT)).toList();
    ProxySettings settings = new ProxySettings(http, https, hosts);
    return Optional.of(
        new OkHttpClient.Builder()
            .proxySelector(settings)
            .proxyAuthenticator(settings.authenticator())
            .build());
  }

  private static Optional<Map.Entry<String, String>> value(
      String name, Map<String, String> environment) {
    return Stream.of(name, name.toUpperCase(Locale.ROOT))
        .map(each -> Map.entry(each, environment.getOrDefault(each, "").strip()))
        .filter(variable -> !variable.getValue().isEmpty())
        .findFirst();
  }

  private static @Nullable HttpUrl proxy(String name, Map<String, String> environment) {
    Map.Entry<String, String> variable = value(name, environment).orElse(null);
    if (variable == null) return null;
    String value = variable.getValue();
    HttpUrl url = HttpUrl.parse(value.contains("://") ? value : "http://" + value);
    if (url != null && !url.isHttps()) return url;
    throw new IllegalArgumentException(
        variable.getKey()
            + " is not the URL of an HTTP proxy, such as http://proxy.example:3128: "
            + USER_INFO.matcher(value).replaceFirst("$1"));
  }

  @Override
  public List<Proxy> select(URI uri) {
    HttpUrl proxy = proxyOf(uri);
    return List.of(
        proxy == null
            ? Proxy.NO_PROXY
            : new Proxy(
                Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
  }

  private @Nullable HttpUrl proxyOf(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    boolean direct =
        LOOPBACK.matcher(host).matches()
            || exceptions.stream().anyMatch(each -> covers(each, host, uri.getPort()));
    if (direct) return null;
    return "https".equals(uri.getScheme()) ? https : http;
  }

  /** An exception is a host or domain, perhaps with a port; * is any. */
  private static boolean covers(String exception, String host, int port) {
    if (exception.isEmpty()) return false;
    if (exception.equals("*")) return true;
    String bare = exception;
    int colon = exception.lastIndexOf(':');
    if (colon > 0 && exception.indexOf(':') == colon) {
      if (!exception.substring(colon + 1).equals(String.valueOf(port))) return false;
      bare = exception.substring(0, colon);
    }
    String domain = bare.replaceFirst("^\\*?\\.", "");
    return host.equals(domain) || host.equals("[" + domain + "]") || host.endsWith("." + domain);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {}

  /**
   * Sends the credentials once; a proxy that refuses them ends the call. A server behind the tunnel
   * that asks for them does not get them.
   */
  private Authenticator authenticator() {
    return (route, response) -> {
      boolean connects = response.request().method().equals("CONNECT");
      if (response.request().isHttps() && !connects) return null;
      HttpUrl proxy = connects ? https : http;
      boolean sent = response.request().header("Proxy-Authorization") != null;
      if (sent || proxy == null || proxy.username().isEmpty()) return null;
      return response
          .request()
          .newBuilder()
          .header("Proxy-Authorization", Credentials.basic(proxy.username(), proxy.password()))
          .build();
    };
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "ProxySettings";
  }
}
