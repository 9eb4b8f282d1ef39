package io.github.aimlvideo;

import java.util.Optional;

/**
 * The API refused a call, or could not be reached.
 *
 * <p>From a create: nothing was created, nothing is charged. From a look: the generation is
 * untouched and {@link #generationId} names it. What to do: status 401 and 403 ask for another key
 * or more credits, 400 for another request; for the rest try again later.
 */
public final class ApiException extends VideoException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String requestId;

  private ApiException(
      String message,
      int status,
      String requestId,
      VideoGeneration generation,
      String clientRequestId,
      Throwable cause) {
    super(message, cause, generation, clientRequestId);
    this.status = status;
    this.requestId = requestId;
  }

  static ApiException refused(
      HttpAnswer answer, VideoGeneration generation, String clientRequestId) {
    String requestId = answer.requestId().orElse(null);
    return new ApiException(
        answer.method()
            + " "
            + answer.path()
            + " was answered with "
            + answer.status()
            + (answer.message().isEmpty() ? "" : ": " + answer.message())
            + (generation == null ? "" : " (generation " + generation.id() + ")")
            + (requestId == null ? "" : " (request id " + requestId + ")"),
        answer.status(),
        requestId,
        generation,
        clientRequestId,
        null);
  }

  static ApiException failed(
      String what, VideoGeneration generation, String clientRequestId, Exception cause) {
    return new ApiException(
        what
            + " failed: "
            + reason(cause)
            + (generation == null ? "" : " (generation " + generation.id() + ")"),
        0,
        null,
        generation,
        clientRequestId,
        cause);
  }

  /** Some exceptions say nothing, or only the name of the host. */
  static String reason(Exception e) {
    return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
  }

  /** The HTTP status; 0 if there was no answer. */
  public int status() {
    return status;
  }

  /** The server's id of the call, for the vendor's support; empty if it gave none. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }
}
