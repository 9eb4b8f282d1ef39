package io.github.aimlvideo.cli.batch.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reason of a row in plain words: without ids, so that rows which share a reason have the same
 * text, and without the request and the status of HTTP.
 */
final class PlainReason {
  private static final Pattern RESPONSE =
      Pattern.compile(
          "(?:nothing was created: )?[A-Z]+ /\\S* returned (\\d{3})(?:: )?(.*)", Pattern.DOTALL);
  private static final Pattern FAILED =
      Pattern.compile(
          "the generation failed(?: with status (?:failed|error))?: (.+)", Pattern.DOTALL);

  /** Such as ContentPolicyViolation, which the vendor's message has said before in words. */
  private static final Pattern ERROR_NAME = Pattern.compile("(?<=.) \\((?:[A-Z][a-z]+){2,}\\)$");

  private static final Pattern REQUEST_ID = Pattern.compile(" \\(request id [^)]*\\)");

  private PlainReason() {}

  /** Of a row without a reason: a remark on its status, unless it has a video. */
  static @Nullable String of(RowResult row) {
    if (row.reason() == null) return row.file() == null ? RowStatus.of(row).remark : null;
    String text = ERROR_NAME.matcher(withoutIds(row, row.reason().strip())).replaceFirst("");
    return capitalized(words(text));
  }

  private static String withoutIds(RowResult row, String reason) {
    String text = REQUEST_ID.matcher(reason).replaceAll("");
    if (row.clientRequestId() != null) {
      text = text.replace(" (client request id " + row.clientRequestId() + ")", "");
    }
    if (row.id() == null) return text;
    return text.replace(" (generation " + row.id() + ")", "")
        .replace("generation " + row.id(), "the generation");
  }

  private static String words(String text) {
    Matcher failed = FAILED.matcher(text);
    if (failed.matches()) return failed.group(1);
    Matcher response = RESPONSE.matcher(text);
    if (!response.matches()) return text;
    String message = response.group(2);
    return meaning(Integer.parseInt(response.group(1))) + (message.isEmpty() ? "" : ": " + message);
  }

  private static String meaning(int status) {
    return switch (status) {
      case 400, 422 -> "The server rejected the request";
      case 401 -> "The server refused the API key";
      case 403 -> "The key lacks credits or rights";
      case 404 -> "The server does not know it";
      case 413 -> "The request is too large";
      case 429 -> "Too many requests at a time";
      default -> status >= 500 ? "The server had an error" : "The server returned " + status;
    };
  }

  private static String capitalized(String text) {
    if (text.isEmpty()) return text;
    int first = text.codePointAt(0);
    return Character.toString(Character.toTitleCase(first))
        + text.substring(Character.charCount(first));
  }
}
