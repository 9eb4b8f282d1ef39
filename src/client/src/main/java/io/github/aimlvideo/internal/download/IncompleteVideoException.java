package io.github.aimlvideo.internal.download;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The response is not the whole video; another one may be. */
final class IncompleteVideoException extends IOException {
  private static final long serialVersionUID = 1L;

  IncompleteVideoException(String message, @Nullable IOException cause) {
    super(message, cause);
  }
}
