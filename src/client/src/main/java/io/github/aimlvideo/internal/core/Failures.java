package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.VideoException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Exceptions of others, for our messages. */
public final class Failures {
  private Failures() {}

  /** One line without the names of Java's classes, as far as there is anything else to say. */
  public static String describe(Throwable failure) {
    if (failure instanceof VideoException ours) return ours.getMessage();
    if (failure instanceof OutOfMemoryError) return "out of memory";
    if (failure instanceof StackOverflowError) return "stack overflow";
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    if (message == null || message.isBlank()) return name;
    if (failure instanceof NoSuchFileException) return "no such file: " + message;
    if (failure instanceof AccessDeniedException) return "permission denied: " + message;
    if (failure instanceof UnknownHostException) return "unknown host: " + message;
    return failure instanceof IOException ? message : name + ": " + message;
  }

  /** The failure itself instead of the wrapper that a future puts around it. */
  public static Throwable unwrap(Throwable failure) {
    boolean wrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    Throwable cause = failure.getCause();
    return wrapper && cause != null ? cause : failure;
  }
}
