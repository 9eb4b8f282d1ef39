package io.github.aimlvideo;

import org.jspecify.annotations.Nullable;

/**
 * The wait was interrupted, or the client was closed; the generation is still running on the
 * server.
 *
 * <p>Charged if it completes. What to do: {@link VideoClient#await(String)} with the id, on another
 * client if this one is closed.
 */
public final class GenerationInterruptedException extends VideoException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** A generation whose wait ended for a reason such as {@code the client was closed}. */
  public GenerationInterruptedException(
      VideoGeneration generation, String reason, @Nullable Throwable cause) {
    super(
        reason
            + "; generation "
            + generation.id()
            + " is still running; resume with client.await(\""
            + generation.id()
            + "\")",
        cause,
        generation,
        null);
    this.reason = reason;
  }

  /** Why the wait ended: {@code interrupted} or {@code the client was closed}. */
  public String reason() {
    return reason;
  }
}
