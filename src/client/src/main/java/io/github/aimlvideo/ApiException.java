package io.github.aimlvideo;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The API refused a call, or could not be reached.
 *
 * <p>From a create: nothing was created, nothing is charged. From a look: the generation is
 * untouched and {@link #generationId} names it. What to do: status 401 and 403 ask for another key
 * or more credits, 400 for another request; for the rest try again later.
 */
public final class ApiException extends VideoException {
  private static final long serialVersionUID = 1L;

  private final @Nullable transient HttpAnswer answer;

  private ApiException(
      String message,
      @Nullable HttpAnswer answer,
      @Nullable VideoGeneration generation,
      @Nullable String clientRequestId,
      @Nullable Throwable cause) {
    super(message, cause, generation, clientRequestId);
    this.answer = answer;
  }

  static ApiException refused(
      HttpAnswer answer, @Nullable VideoGeneration generation, @Nullable String clientRequestId) {
    String message =
        beginning(answer)
            + (answer.message().isEmpty() ? "" : ": " + answer.message())
            + named(generation)
            + answer.requestId().map(id -> " (request id " + id + ")").orElse("");
    return new ApiException(message, answer, generation, clientRequestId, answer.failure());
  }

  /** What ended a look for a create in the logs, as an exception that names the create. */
  static ApiException inLogs(Throwable failure, String clientRequestId) {
    boolean wrapped = failure instanceof CompletionException;
    Throwable cause = wrapped && failure.getCause() != null ? failure.getCause() : failure;
    if (cause instanceof ApiException e && e.answer != null) {
      return new ApiException(e.getMessage(), e.answer, null, clientRequestId, e.getCause());
    }
    return failed("the look into the logs", null, clientRequestId, cause);
  }

  static ApiException unreadable(HttpAnswer answer, VideoGeneration generation, Exception cause) {
    String message =
        beginning(answer) + " and no readable JSON: " + answer.message() + named(generation);
    return new ApiException(message, answer, generation, null, cause);
  }

  static ApiException failed(
      String what,
      @Nullable VideoGeneration generation,
      @Nullable String clientRequestId,
      Throwable cause) {
    String message = what + " failed: " + reason(cause) + named(generation);
    return new ApiException(message, null, generation, clientRequestId, cause);
  }

  private static String beginning(HttpAnswer answer) {
    return answer.method() + " " + answer.path() + " was answered with " + answer.status();
  }

  private static String named(@Nullable VideoGeneration generation) {
    return generation == null ? "" : " (generation " + generation.id() + ")";
  }

  /** Exceptions of others may say nothing, or only the name of the host; ours say all. */
  static String reason(Throwable e) {
    if (e instanceof VideoException ours) return ours.getMessage();
    return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
  }

  boolean isFinal() {
    return answer != null && answer.isFinal();
  }

  /** The HTTP status; 0 if there was no answer. */
  public int status() {
    return answer == null ? 0 : answer.status();
  }

  /** The server's id of the call, for the vendor's support; empty if it gave none. */
  public Optional<String> requestId() {
    return Optional.ofNullable(answer).flatMap(HttpAnswer::requestId);
  }

  /** The body of the answer as it came, whatever it was; empty if there was no answer. */
  public Optional<String> body() {
    return Optional.ofNullable(answer).map(HttpAnswer::body);
  }
}
