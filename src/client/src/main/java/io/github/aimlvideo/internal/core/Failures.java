package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.VideoException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Exceptions of others, for our messages. */
public final class Failures {
  private Failures() {}

  /** One line: our messages are complete, others may be empty or name only a host. */
  public static String describe(Throwable failure) {
    if (failure instanceof VideoException ours) return ours.getMessage();
    String message = failure.getMessage();
    return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  /** The failure itself instead of the wrapper that a future puts around it. */
  public static Throwable unwrap(Throwable failure) {
    boolean wrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    Throwable cause = failure.getCause();
    return wrapper && cause != null ? cause : failure;
  }
}
