package io.github.aimlvideo;

import org.jspecify.annotations.Nullable;

/**
 * The video exists but could not be downloaded or saved. No partial file is left; a whole video
 * that cannot be moved to its file stays beside it, and the message names it.
 *
 * <p>Charged already. What to do: fix what the message names, then {@link VideoClient#await(String,
 * java.nio.file.Path)} with the id, which gets a fresh link.
 */
public final class DownloadException extends VideoException {
  private static final long serialVersionUID = 1L;

  /** A download that failed, with a message that names the generation. */
  public DownloadException(String message, VideoGeneration generation, @Nullable Throwable cause) {
    super(message, cause, generation, null);
  }
}
