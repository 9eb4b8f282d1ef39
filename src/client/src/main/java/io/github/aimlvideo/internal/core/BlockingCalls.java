package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.VideoException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Waits for asynchronous operations on behalf of blocking calls. */
public final class BlockingCalls {
  private BlockingCalls() {}

  /**
   * The result, or the failure itself. On interruption {@code interrupted} stops the work and makes
   * the exception; the thread's flag stays set.
   */
  public static <T> T await(
      CompletableFuture<T> future, Function<InterruptedException, VideoException> interrupted) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      VideoException failure = interrupted.apply(e);
      Thread.currentThread().interrupt();
      throw failure;
    } catch (ExecutionException e) {
      throw unchecked(Objects.requireNonNull(e.getCause()));
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) throw error;
    if (failure instanceof VideoException e) {
      e.setStackTrace(new Throwable().getStackTrace()); // the caller's line, not a pool thread's
      return e;
    }
    return failure instanceof RuntimeException e ? e : new CompletionException(failure);
  }
}
