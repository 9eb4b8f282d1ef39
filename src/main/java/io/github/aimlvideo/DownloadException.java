package io.github.aimlvideo;

import org.jspecify.annotations.Nullable;

/**
 * The video is there, but it could not be brought to disk; no partial file is left.
 *
 * <p>Charged already. What to do: mend what the message names, then {@link
 * VideoClient#await(String)} with the id, for a fresh link, and download again.
 */
public final class DownloadException extends VideoException {
  private static final long serialVersionUID = 1L;

  DownloadException(String message, VideoGeneration generation, @Nullable Throwable cause) {
    super(message, cause, generation, null);
  }
}
