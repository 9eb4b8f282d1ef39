package io.github.aimlvideo.cli.studio.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets only the page of this studio in: a name that leads to this machine by DNS is refused by its
 * {@code Host}, another site by the token and its {@code Origin}.
 */
final class RequestGuard extends Filter {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
              + " media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cache-Control",
          "no-store",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private final byte[] token;

  RequestGuard(String token) {
    this.token = token.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String description() {
    return "Host, token and Origin";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    HEADERS.forEach(exchange.getResponseHeaders()::set);
    try {
      check(exchange);
    } catch (HttpFailure e) {
      try (exchange) {
        e.response().send(exchange);
      }
      return;
    }
    chain.doFilter(exchange);
  }

  private void check(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    int port = exchange.getLocalAddress().getPort();
    String host = only(headers, "Host");
    if (!Set.of("127.0.0.1:" + port, "localhost:" + port).contains(host)) {
      throw new HttpFailure(403, "the studio is at 127.0.0.1:" + port + " only");
    }
    if (!hasToken(exchange.getRequestURI().getRawPath())) {
      throw new HttpFailure(404, "open the address that aiml-video studio printed");
    }
    String method = exchange.getRequestMethod();
    if (!Set.of("GET", "POST").contains(method)) {
      exchange.getResponseHeaders().set("Allow", "GET, POST");
      throw new HttpFailure(405, "only GET and POST are allowed");
    }
    boolean mayLackOrigin = method.equals("GET") && !headers.containsKey("Origin");
    if (!mayLackOrigin && !only(headers, "Origin").equals("http://" + host)) {
      throw new HttpFailure(403, "only the page of the studio may do that");
    }
  }

  /** The only value of a header; empty if there is none, or several. */
  private static String only(Headers headers, String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.size() == 1 ? values.get(0) : "";
  }

  /** Takes as long for a token that is nearly right as for any other. */
  private boolean hasToken(@Nullable String path) {
    int end = path == null ? -1 : path.indexOf('/', 1);
    if (path == null || end < 0) return false;
    byte[] given = path.substring(1, end).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(token, given);
  }
}
