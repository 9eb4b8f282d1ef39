package io.github.aimlvideo;

import org.jspecify.annotations.Nullable;

/**
 * It is unknown whether the create was accepted: it was sent, but its response was lost or
 * unreadable.
 *
 * <p>It may be charged, so the client did not repeat it, and nothing documented makes a second one
 * safe. What to do: {@link VideoClient#recover} with the {@link #clientRequestId}, before another
 * create.
 */
public final class CreateOutcomeUnknownException extends VideoException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** A create whose response was lost for a reason such as {@code timeout}. */
  public CreateOutcomeUnknownException(
      String reason, String clientRequestId, @Nullable Throwable cause) {
    super(
        "unknown whether the create was accepted: "
            + reason
            + "; it may be charged and was not repeated (client request id "
            + clientRequestId
            + ")",
        cause,
        null,
        clientRequestId);
    this.reason = reason;
  }

  /** What happened to the response. */
  public String reason() {
    return reason;
  }
}
