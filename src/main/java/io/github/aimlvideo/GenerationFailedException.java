package io.github.aimlvideo;

/**
 * The generation ended without a video.
 *
 * <p>Not charged. What to do: read {@code generation().failureReason()}, change the request, create
 * a new one.
 */
public final class GenerationFailedException extends VideoException {
  private static final long serialVersionUID = 1L;

  /** For a generation that was seen to have failed, by a look or otherwise. */
  public GenerationFailedException(VideoGeneration generation) {
    super(
        "generation "
            + generation.id()
            + " failed with status "
            + generation.status()
            + generation.failureReason().map(reason -> ": " + reason).orElse(""),
        null,
        generation,
        null);
  }
}
