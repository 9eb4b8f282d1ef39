package io.github.aimlvideo;

/**
 * Hears what becomes of every generation of a client.
 *
 * <p>Called on the client's own threads, one call at a time for one generation, several at once for
 * several; return soon. What a listener throws is logged and goes no further.
 */
public interface GenerationListener {
  /**
   * The server accepted a create: from here on it costs money, and {@code generation.id()} is the
   * way to the video.
   */
  default void created(VideoGeneration generation) {}

  /** A look was answered. */
  default void polled(VideoGeneration generation) {}

  /** A look was answered with another status than before; the first status counts as a change. */
  default void statusChanged(VideoGeneration generation) {}

  /**
   * A look failed and will be taken again, until the deadline.
   *
   * @param cause an {@link ApiException}, an {@link java.io.IOException} or a {@link
   *     com.google.gson.JsonParseException}
   */
  default void pollFailed(String generationId, Exception cause) {}
}
