package io.github.aimlvideo;

import java.time.Duration;

/**
 * Hears what becomes of the generations that a client creates or waits for.
 *
 * <p>Called on the {@linkplain VideoClientBuilder#executor executor}, one call at a time for one
 * wait, in the order of what happened, several at once for several. A wait ends when everything has
 * been heard; the looks do not wait. What a listener throws is logged and goes no further.
 */
public interface GenerationListener {
  /**
   * Something in a request that is about to be sent is against the rules of the model's maker, but
   * not against the contract; it is sent all the same.
   */
  default void warned(String warning) {}

  /**
   * The server accepted a create: from here on it costs money, and {@code generation.id()} is the
   * way to the video.
   */
  default void created(VideoGeneration generation) {}

  /** A create surely did not reach the server, and is sent again after a delay. */
  default void createFailed(String clientRequestId, ApiException cause) {}

  /**
   * The answer to a create was lost; it is not sent again but looked up in the vendor's logs,
   * unless that is switched off.
   */
  default void submissionUnknown(String clientRequestId, SubmissionUnknownException cause) {}

  /** A look was answered. */
  default void polled(VideoGeneration generation) {}

  /** A look was answered with another status than the answer before it. */
  default void statusChanged(VideoGeneration generation) {}

  /**
   * The pause before the next look begins.
   *
   * @param generation as the last answered look saw it
   * @param expected how long a generation of its kind takes from its create, as earlier ones did
   */
  default void waiting(VideoGeneration generation, Duration untilNextLook, Duration expected) {}

  /**
   * A look failed and will be taken again, until the deadline.
   *
   * @param cause an {@link ApiException} or an {@link java.io.IOException}
   */
  default void pollFailed(String generationId, Exception cause) {}
}
