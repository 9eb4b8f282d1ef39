package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.ApiException;
import java.io.FileNotFoundException;
import java.nio.file.FileSystemException;
import java.util.Set;

/** What a create that made nothing says of the next one. */
enum Refusal {
  /** Another row may be taken. */
  OF_THE_ROW,
  /** The same row may be taken later. */
  FOR_NOW,
  /** It is the key, the credits or the address. */
  OF_ALL;

  private static final Set<Integer> BODY = Set.of(400, 413, 415, 422);
  private static final Set<Integer> NOW = Set.of(0, 408, 429);

  /** Whether it surely made nothing; what nobody foresaw says nothing. */
  static boolean isSure(Throwable failure) {
    return failure instanceof ApiException || failure instanceof IllegalArgumentException;
  }

  static Refusal of(Throwable failure) {
    if (!(failure instanceof ApiException e) || BODY.contains(e.status())) return OF_THE_ROW;
    boolean picture =
        e.getCause() instanceof FileSystemException
            || e.getCause() instanceof FileNotFoundException;
    if (picture) return OF_THE_ROW;
    return NOW.contains(e.status()) || e.status() >= 500 ? FOR_NOW : OF_ALL;
  }
}
