package io.github.aimlvideo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Waits for the asynchronous inside on behalf of a blocking call. */
final class Waiting {
  private Waiting() {}

  /**
   * The result, or the failure itself instead of a wrapper around it. On an interruption {@code
   * interrupted} stops the work and makes the exception; the thread's flag stays set.
   */
  static <T> T on(
      CompletableFuture<T> future, Function<InterruptedException, VideoException> interrupted) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      VideoException failure = interrupted.apply(e);
      Thread.currentThread().interrupt();
      throw failure;
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable failure) {
    if (failure instanceof Error error) throw error;
    if (failure instanceof VideoException e) {
      e.setStackTrace(new Throwable().getStackTrace()); // the caller's line, not a pool thread's
      return e;
    }
    return failure instanceof RuntimeException e ? e : new CompletionException(failure);
  }
}
