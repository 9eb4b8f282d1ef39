package io.github.aimlvideo;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The generation did not end within the timeout; it is still running on the server.
 *
 * <p>Charged if it completes. What to do: {@link VideoClient#await(String)} with the id, now or
 * later. The cause, if there is one, is the failure of the last poll.
 */
public final class GenerationTimeoutException extends VideoException {
  private static final long serialVersionUID = 1L;

  private final Duration timeout;

  /** A generation that was last seen like this when the timeout ended the wait. */
  public GenerationTimeoutException(
      VideoGeneration generation, Duration timeout, @Nullable Throwable lastFailure) {
    super(message(generation, timeout, lastFailure), lastFailure, generation, null);
    this.timeout = timeout;
  }

  private static String message(
      VideoGeneration generation, Duration timeout, @Nullable Throwable failure) {
    return "generation "
        + generation.id()
        + (generation.isCompleted() ? " is completed but has no video" : " is still running")
        + " after "
        + BigDecimal.valueOf(timeout.toMillis(), 3).stripTrailingZeros().toPlainString()
        + " s"
        + (generation.status().isEmpty() ? "" : " (status " + generation.status() + ")")
        + (failure == null ? "" : "; the last poll failed: " + describe(failure))
        + "; resume with client.await(\""
        + generation.id()
        + "\")";
  }

  /** How long the client waited. */
  public Duration timeout() {
    return timeout;
  }
}
