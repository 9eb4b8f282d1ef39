package io.github.aimlvideo;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The deadline came first; the generation still runs at the server.
 *
 * <p>Charged if it completes. What to do: {@link VideoClient#await(String)} with the id, now or
 * later. The cause, if there is one, is why the last look failed.
 */
public final class GenerationTimeoutException extends VideoException {
  private static final long serialVersionUID = 1L;

  GenerationTimeoutException(
      VideoGeneration generation, Duration deadline, @Nullable Throwable lastFailure) {
    super(message(generation, deadline, lastFailure), lastFailure, generation, null);
  }

  private static String message(
      VideoGeneration generation, Duration deadline, @Nullable Throwable failure) {
    String state = generation.isCompleted() ? " is completed but has no video" : " still runs";
    return "generation "
        + generation.id()
        + state
        + " after "
        + BigDecimal.valueOf(deadline.toMillis(), 3).stripTrailingZeros().toPlainString()
        + " s"
        + (generation.status().isEmpty() ? "" : ", status " + generation.status())
        + (failure == null ? "" : ", last look failed: " + ApiException.reason(failure))
        + "; go on with await(\""
        + generation.id()
        + "\")";
  }
}
