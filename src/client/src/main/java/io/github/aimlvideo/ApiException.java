package io.github.aimlvideo;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API refused a request, or could not be reached.
 *
 * <p>From a create: nothing was created, nothing is charged. From a poll: the generation is not
 * affected, and {@link #generationId} names it. What to do: 401 and 403 need another key or more
 * credits, 400 another request; otherwise try again later.
 */
public final class ApiException extends VideoException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String requestId;
  private final @Nullable String body;
  private final @Nullable transient ServerError error;

  /** A refusal by a status, such as 401, without further details. */
  public ApiException(int status, String message) {
    this(message, status, null, null, null, null, null);
  }

  /** A failure with everything that is known; the status is 0 if there was no response. */
  public ApiException(
      String message,
      int status,
      @Nullable String requestId,
      @Nullable String body,
      @Nullable VideoGeneration generation,
      @Nullable String clientRequestId,
      @Nullable Throwable cause) {
    this(message, status, requestId, body, generation, clientRequestId, cause, null);
  }

  /** A failure with what the server said of it. */
  public ApiException(
      String message,
      int status,
      @Nullable String requestId,
      @Nullable String body,
      @Nullable VideoGeneration generation,
      @Nullable String clientRequestId,
      @Nullable Throwable cause,
      @Nullable ServerError error) {
    super(message, cause, generation, clientRequestId);
    this.error = error;
    this.status = status;
    this.requestId = requestId;
    this.body = body;
  }

  /**
   * An error in the server's words.
   *
   * @param name such as {@code BadRequestException}; empty if it sent none
   * @param message empty if it sent none
   * @param fieldErrors what is wrong with single properties, such as {@code dynamic_masks[0].mask:
   *     Required}; at most 20
   */
  public record ServerError(String name, String message, List<String> fieldErrors) {
    /** An error with a copy of the list. */
    public ServerError {
      fieldErrors = List.copyOf(fieldErrors);
    }
  }

  /** What the server said; empty if there was no response, or its body is no error of the API. */
  public Optional<ServerError> error() {
    return Optional.ofNullable(error);
  }

  /** The HTTP status; 0 if there was no response. */
  public int status() {
    return status;
  }

  /** The server's id of the request, for the vendor's support; empty if it sent none. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** The body of the response as it came; empty if there was no response. */
  public Optional<String> body() {
    return Optional.ofNullable(body);
  }
}
