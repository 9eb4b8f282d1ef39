package io.github.aimlvideo;

import io.github.aimlvideo.model.GenerationError;

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
        "generation " + generation.id() + " failed" + status(generation) + reason(generation),
        null,
        generation,
        null);
  }

  /** Unless it says nothing beside the reason. */
  private static String status(VideoGeneration generation) {
    boolean plain = generation.status().matches("(?i)error|failed");
    boolean told = plain && generation.failureReason().isPresent();
    return told ? "" : " with status " + generation.status();
  }

  /** The message, with the name of the error behind it. */
  private static String reason(VideoGeneration generation) {
    String name = generation.error().map(GenerationError::getName).orElse("").strip();
    String message = generation.error().map(GenerationError::getMessage).orElse("").strip();
    if (message.isEmpty()) return name.isEmpty() ? "" : ": " + name;
    return ": " + message + (name.isEmpty() ? "" : " (" + name + ")");
  }
}
