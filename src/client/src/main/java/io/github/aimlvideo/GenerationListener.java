package io.github.aimlvideo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Hears what becomes of the generations that a client creates, waits for or downloads.
 *
 * <p>When all goes well: {@link #onCreated}, then {@link #onPolled} for each look, {@link #onEnded}
 * and {@link #onDownloaded}, the last three as far as they were asked for. A create, a wait or a
 * download that ends with a {@link VideoException} brings {@link #onError}, after all the rest; so
 * a generation that failed is heard of twice, by {@link #onEnded} and by {@link #onError}. A single
 * {@code get} or {@code recover} brings nothing. For the HTTP calls beneath, see {@link
 * VideoClientBuilder#httpClient}.
 *
 * <p>Called on the {@linkplain VideoClientBuilder#callbackExecutor executor}, one call at a time
 * for one wait, in the order of what happened, several at once for several. A wait ends when
 * everything has been heard, unless it is interrupted or the client closed; the looks do not wait.
 * What a listener throws is logged and goes no further.
 */
public interface GenerationListener {
  /**
   * Something in a request that is about to be sent is against the rules of the model's maker, but
   * not against the contract; it is sent all the same.
   */
  default void onWarning(String warning) {}

  /**
   * The server accepted a create: from here on it costs money, and {@code generation.id()} is the
   * way to the video.
   */
  default void onCreated(VideoGeneration generation) {}

  /** A create surely did not reach the server, and is sent again after a delay. */
  default void onCreateRetry(String clientRequestId, ApiException cause) {}

  /**
   * The answer to a create was lost; it is not sent again but looked up in the vendor's logs,
   * unless that is switched off.
   */
  default void onOutcomeUnknown(String clientRequestId, CreateOutcomeUnknownException cause) {}

  /** A look was answered. */
  default void onPolled(VideoGeneration generation) {}

  /** A look was answered with another status than the answer before it. */
  default void onStatusChanged(VideoGeneration generation) {}

  /**
   * The pause before the next look begins.
   *
   * @param generation as the last answered look saw it
   * @param expected how long a generation of its kind takes from its create, as earlier ones did
   */
  default void onPollScheduled(
      VideoGeneration generation, Duration untilNextLook, Duration expected) {}

  /**
   * A look failed and will be taken again, until the deadline.
   *
   * @param cause an {@link ApiException} or an {@link java.io.IOException}
   */
  default void onPollRetry(String generationId, Exception cause) {}

  /**
   * The generation has come to its end, once for each wait: it is completed and has its link, or it
   * failed; {@link VideoGeneration#isFailed} tells.
   */
  default void onEnded(VideoGeneration generation) {}

  /**
   * A try to fetch the video failed; the next follows, from where it broke or with a fresh link.
   */
  default void onDownloadRetry(VideoGeneration generation, DownloadException cause) {}

  /**
   * The video is in its file, whole.
   *
   * @param took from the start of the download, with all its tries
   */
  default void onDownloaded(VideoGeneration generation, Path file, Duration took) {}

  /**
   * A create, a wait or a download ends with this exception, which its caller gets. A future that
   * the caller cancelled need not bring it.
   */
  default void onError(VideoException cause) {}
}
