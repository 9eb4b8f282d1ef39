package io.github.aimlvideo;

import java.time.Duration;

/**
 * The deadline came first; the generation still runs at the server.
 *
 * <p>Charged if it completes. What to do: {@link VideoClient#await} with the id, now or later. The
 * cause, if there is one, is why the last look failed.
 */
public final class GenerationTimeoutException extends VideoException {
  private static final long serialVersionUID = 1L;

  GenerationTimeoutException(VideoGeneration generation, Duration deadline, Throwable lastFailure) {
    super(
        "generation "
            + generation.id()
            + " still runs after "
            + deadline.toSeconds()
            + " s"
            + (generation.status().isEmpty() ? "" : ", status " + generation.status())
            + (lastFailure == null ? "" : ", last look failed: " + lastFailure.getMessage())
            + "; go on with await(\""
            + generation.id()
            + "\")",
        lastFailure,
        generation,
        null);
  }
}
