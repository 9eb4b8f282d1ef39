package io.github.aimlvideo.batch.internal.steps;

import io.github.aimlvideo.ApiException;
import java.nio.file.FileSystemException;
import java.util.Set;

/** A create that created nothing, by what it means for the next create. */
enum CreateRejection {
  /** Other rows may be accepted. */
  ROW,
  /** The same row may be accepted later. */
  TEMPORARY,
  /** Every create will be rejected: the key, the credits or the URL is wrong. */
  BATCH;

  private static final Set<Integer> INVALID_REQUEST = Set.of(400, 413, 415, 422);
  private static final Set<Integer> RETRYABLE = Set.of(0, 408, 429);

  /** Whether the create definitely created nothing. */
  static boolean isDefinite(Throwable failure) {
    return failure instanceof ApiException || failure instanceof IllegalArgumentException;
  }

  static CreateRejection of(Throwable failure) {
    if (!(failure instanceof ApiException e) || INVALID_REQUEST.contains(e.status())) return ROW;
    if (e.getCause() instanceof FileSystemException) return ROW; // an image cannot be read
    return RETRYABLE.contains(e.status()) || e.status() >= 500 ? TEMPORARY : BATCH;
  }
}
