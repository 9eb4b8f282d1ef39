package io.github.aimlvideo;

import org.jspecify.annotations.Nullable;

/**
 * Nobody knows whether the create was accepted: it was sent, but its answer did not come or did not
 * tell.
 *
 * <p>It may be charged, so it was not sent again, and nothing documented makes a second one safe.
 * What to do: look for {@link #clientRequestId} in the vendor's logs before creating again.
 */
public final class SubmissionUnknownException extends VideoException {
  private static final long serialVersionUID = 1L;

  SubmissionUnknownException(String why, String clientRequestId, @Nullable Throwable cause) {
    super(
        "nobody knows whether the create was accepted, it may be charged and was not repeated: "
            + why
            + " (client request id "
            + clientRequestId
            + ")",
        cause,
        null,
        clientRequestId);
  }
}
