package io.github.aimlvideo;

/**
 * The generation ended without a video.
 *
 * <p>Not charged. What to do: read {@code generation().failureReason()}, change the request, create
 * another generation.
 */
public final class GenerationFailedException extends VideoException {
  private static final long serialVersionUID = 1L;

  /** A generation whose status says that it failed. */
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
