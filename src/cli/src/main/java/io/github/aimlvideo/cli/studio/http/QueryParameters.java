package io.github.aimlvideo.cli.studio.http;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the query of a request. */
public final class QueryParameters {
  private QueryParameters() {}

  /**
   * The values by name; of a name that is given twice, the first one.
   *
   * @throws IllegalArgumentException if one is not URL-encoded
   */
  public static Map<String, String> of(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    return Stream.of((query == null ? "" : query).split("&"))
        .map(parameter -> parameter.split("=", 2))
        .collect(
            Collectors.toMap(
                parameter -> decoded(parameter[0]),
                parameter -> parameter.length == 1 ? "" : decoded(parameter[1]),
                (first, second) -> first));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
