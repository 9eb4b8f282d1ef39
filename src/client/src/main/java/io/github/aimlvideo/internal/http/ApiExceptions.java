package io.github.aimlvideo.internal.http;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.internal.core.Failures;
import org.jspecify.annotations.Nullable;

/** Translates what HTTP brings into exceptions, in one place. */
public final class ApiExceptions {
  private ApiExceptions() {}

  /** A response that is not a success. */
  public static ApiException refused(
      ApiResponse<?> response,
      @Nullable VideoGeneration generation,
      @Nullable String clientRequestId) {
    String message = response.message();
    return of(
        returned(response)
            + (message.isEmpty() ? "" : ": " + message)
            + named(generation)
            + response.requestId().map(id -> " (request id " + id + ")").orElse(""),
        response,
        generation,
        clientRequestId);
  }

  /** A response whose body is not what the contract says, or is not about the generation. */
  public static ApiException unreadable(
      ApiResponse<?> response,
      @Nullable VideoGeneration generation,
      @Nullable String clientRequestId) {
    String message = response.message();
    boolean other = generation != null && response.body() != null;
    return of(
        returned(response)
            + (other ? " for another generation" : " and no readable JSON")
            + (message.isEmpty() ? "" : ": " + message)
            + named(generation),
        response,
        generation,
        clientRequestId);
  }

  private static ApiException of(
      String message,
      ApiResponse<?> response,
      @Nullable VideoGeneration generation,
      @Nullable String clientRequestId) {
    return new ApiException(
        message,
        response.status(),
        response.requestId().orElse(null),
        response.text(),
        generation,
        clientRequestId,
        response.failure(),
        response.serverError());
  }

  /** No response. */
  public static ApiException failed(
      String what,
      @Nullable VideoGeneration generation,
      @Nullable String clientRequestId,
      Throwable cause) {
    String message = what + " failed: " + Failures.describe(cause) + named(generation);
    return new ApiException(message, 0, null, null, generation, clientRequestId, cause);
  }

  /** The failure of a search of the logs, as an exception that names the create. */
  public static ApiException inLogs(Throwable failure, String clientRequestId) {
    Throwable cause = Failures.unwrap(failure);
    if (!(cause instanceof ApiException e)) {
      return failed("the search of the logs", null, clientRequestId, cause);
    }
    return reworded(e, e.getMessage(), clientRequestId, e.getCause());
  }

  /** A page after which more should follow, but does not. */
  public static ApiException broken(String message, ApiResponse<?> page) {
    return new ApiException(message, page.status(), null, page.text(), null, null, null);
  }

  /** The same failure with another message. */
  public static ApiException reworded(
      ApiException e, String message, @Nullable String clientRequestId, @Nullable Throwable cause) {
    return new ApiException(
        message,
        e.status(),
        e.requestId().orElse(null),
        e.body().orElse(null),
        null,
        clientRequestId,
        cause,
        e.error().orElse(null));
  }

  /** Whether another request would get the same. */
  public static boolean isFinal(ApiException e) {
    return ApiResponse.isFinal(e.status());
  }

  private static String returned(ApiResponse<?> response) {
    return response.request() + " returned " + response.status();
  }

  private static String named(@Nullable VideoGeneration generation) {
    return generation == null ? "" : " (generation " + generation.id() + ")";
  }
}
