package io.github.aimlvideo;

import org.jspecify.annotations.Nullable;

/**
 * The wait was interrupted, or the client closed; the generation still runs at the server.
 *
 * <p>Charged if it completes. What to do: {@link VideoClient#await(String)} with the id, from
 * another client if this one is closed.
 */
public final class GenerationInterruptedException extends VideoException {
  private static final long serialVersionUID = 1L;

  GenerationInterruptedException(
      VideoGeneration generation, String why, @Nullable Throwable cause) {
    super(
        why
            + "; generation "
            + generation.id()
            + " still runs, go on with await(\""
            + generation.id()
            + "\")",
        cause,
        generation,
        null);
  }
}
