package io.github.aimlvideo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Receives what happens to the generations that a client creates, waits for or downloads.
 *
 * <p>If all goes well: {@link #onCreated}, {@link #onPolled} for each poll, {@link #onEnded} and
 * {@link #onDownloaded}, as far as these steps were asked for. A call that ends with a {@link
 * VideoException} reports it last, by {@link #onError}; a generation that failed is reported by
 * both {@link #onEnded} and {@link #onError}. A single {@code get} or {@code recover} reports
 * nothing. For HTTP requests see {@link VideoClientBuilder#httpClient}.
 *
 * <p>Called on the {@linkplain VideoClientBuilder#callbackExecutor callback executor}: for one call
 * of the client one event at a time, in order; for several calls at the same time. A call ends
 * after its last event, unless it is interrupted or the client closed; polls do not wait for
 * events. Exceptions of a listener are logged.
 */
public interface GenerationListener {
  /** A request that is about to be sent exceeds one of Kling's limits, but not the contract's. */
  default void onWarning(String warning) {}

  /** The server accepted a create: from now on it costs money, and its id leads to the video. */
  default void onCreated(VideoGeneration generation) {}

  /** A create definitely did not reach the server and will be retried after a delay. */
  default void onCreateRetry(String clientRequestId, ApiException cause) {}

  /**
   * The response to a create was lost. The create is not retried; the client searches the vendor's
   * logs for it, unless that is switched off.
   */
  default void onOutcomeUnknown(String clientRequestId, CreateOutcomeUnknownException cause) {}

  /** A poll succeeded. */
  default void onPolled(VideoGeneration generation) {}

  /** A poll returned another status than the response before it. */
  default void onStatusChanged(VideoGeneration generation) {}

  /**
   * The next poll is scheduled.
   *
   * @param generation as the last response described it
   * @param delay the time until the next poll
   * @param expected how long a generation of its kind takes from its create, as far as it is known
   */
  default void onPollScheduled(VideoGeneration generation, Duration delay, Duration expected) {}

  /**
   * A poll failed and will be retried until the timeout.
   *
   * @param cause an {@link ApiException} or an {@link java.io.IOException}
   */
  default void onPollRetry(String generationId, Exception cause) {}

  /**
   * The generation is completed and has its link, or {@linkplain VideoGeneration#isFailed failed}.
   */
  default void onEnded(VideoGeneration generation) {}

  /** An attempt to download the video failed; the next one resumes it, or gets a fresh link. */
  default void onDownloadRetry(VideoGeneration generation, DownloadException cause) {}

  /**
   * The video is in its file.
   *
   * @param elapsed the time since the start of the download, including all attempts
   */
  default void onDownloaded(VideoGeneration generation, Path file, Duration elapsed) {}

  /** A call ends with this exception. Not reported for a future that the caller cancelled. */
  default void onError(VideoException cause) {}
}
