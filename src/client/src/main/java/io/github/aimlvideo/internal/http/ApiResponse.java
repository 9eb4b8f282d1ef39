package io.github.aimlvideo.internal.http;

import com.google.gson.JsonParseException;
import io.github.aimlvideo.ApiException.ServerError;
import io.github.aimlvideo.internal.core.Failures;
import io.github.aimlvideo.internal.json.FieldErrors;
import io.github.aimlvideo.internal.json.Json;
import io.github.aimlvideo.model.EndpointErrorDetail;
import io.github.aimlvideo.model.ErrorResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A response of the API.
 *
 * @param head status and headers
 * @param text the body as it came, without the key; empty if it could not be read
 * @param body the body as the contract's class; null if there is none, or it could not be read
 * @param failure why the body could not be read; else null
 */
public record ApiResponse<T>(
    Response head, String text, @Nullable T body, @Nullable Throwable failure) {
  private static final int MAX_MESSAGE = 500;
  private static final int MAX_SHOWN = 5;

  public int status() {
    return head.code();
  }

  public Headers headers() {
    return head.headers();
  }

  /** Such as {@code GET /v2/video/generations}. */
  String request() {
    return head.request().method() + " " + head.request().url().encodedPath();
  }

  /** The address of the API, to which links in the response may be relative. */
  HttpUrl baseUrl() {
    HttpUrl url = head.request().url();
    String path = url.encodedPath().replaceFirst("(?<=/)v2/.*", "");
    return url.newBuilder().encodedPath(path).query(null).build();
  }

  public boolean isSuccess() {
    return status() / 100 == 2;
  }

  /** Whether it is a success whose body has a part. */
  public boolean has(Function<T, ? extends @Nullable Object> part) {
    return isSuccess() && body != null && part.apply(body) != null;
  }

  /** Whether another request would get the same; 404 may change while a generation is new. */
  public boolean isFinal() {
    return isFinal(status());
  }

  static boolean isFinal(int status) {
    return status == 400 || status == 401 || status == 403 || status == 404;
  }

  /** A header that is not blank. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers().get(name)).filter(value -> !value.isBlank());
  }

  /** The delay that the server asks for; zero if it does not. */
  public Duration retryAfter() {
    return RetryAfter.of(headers());
  }

  /** The request id of either error envelope, for the vendor's support. */
  Optional<String> requestId() {
    return error().map(ErrorResponse::getRequestId);
  }

  /** Whether it is an error of the API itself, and not of a proxy before it. */
  public boolean isApiError() {
    return error()
        .filter(error -> error.getMessage() != null && error.getTimestamp() != null)
        .isPresent();
  }

  /** The message of either error envelope, or the beginning of the body; then single properties. */
  public String message() {
    ServerError error = serverError();
    if (error == null) return Failures.shortened(text);
    String said = error.message();
    List<String> fields = error.fieldErrors();
    if (fields.isEmpty()) return said.isEmpty() ? Failures.shortened(text) : bounded(said);
    boolean repeats = fields.stream().anyMatch(field -> field.endsWith(": " + said));
    String shown = fields.stream().limit(MAX_SHOWN).collect(Collectors.joining("; "));
    int rest = fields.size() - MAX_SHOWN;
    return (repeats || said.isEmpty() ? "" : bounded(said) + ": ")
        + shown
        + (rest > 0 ? "; and " + rest + " more" : "");
  }

  /** The error in the server's words; null if the body has none. */
  @Nullable ServerError serverError() {
    List<String> fields = FieldErrors.of(text);
    EndpointErrorDetail detail = error().map(ErrorResponse::getError).orElse(null);
    String name = detail == null || detail.getName() == null ? "" : detail.getName();
    String said = said();
    boolean silent = name.isEmpty() && said.isEmpty() && fields.isEmpty();
    return silent ? null : new ServerError(name, said, fields);
  }

  /** The message without JSON; empty if there is none. */
  private String said() {
    String message = error().map(error -> joined(error.getMessage())).orElse("");
    boolean json = text.stripLeading().startsWith("[") || FieldErrors.of(message).size() > 0;
    return json ? "" : message;
  }

  private Optional<ErrorResponse> error() {
    try {
      return Optional.ofNullable(Json.RESPONSES.fromJson(text, ErrorResponse.class));
    } catch (JsonParseException html) {
      return Optional.empty();
    }
  }

  /** In the server's own words, line breaks included. */
  private static String bounded(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "...";
  }

  /** A message is a string or an array of strings. */
  private static String joined(@Nullable Object message) {
    if (message instanceof Collection<?> messages) {
      return messages.stream().map(ApiResponse::joined).collect(Collectors.joining("; "));
    }
    return message instanceof Map ? "" : Objects.toString(message, "");
  }
}
