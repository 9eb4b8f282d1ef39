package io.github.aimlvideo.cli.generation;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.cli.DurationText;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A request that a command can do without if it takes too long. */
public final class TimeLimit {
  private TimeLimit() {}

  /**
   * What a blocking call returns, which is interrupted at the limit.
   *
   * @param what for messages, such as {@code the catalogue}
   * @throws ApiException if it fails in whatever way, takes longer, or this thread is interrupted
   */
  public static <T> T within(Duration limit, String what, Supplier<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(result, call), what);
    thread.setDaemon(true);
    thread.start();
    try {
      return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      if (cause instanceof ApiException failure) throw failure;
      throw failed(what + " cannot be read: " + cause.getMessage());
    } catch (TimeoutException e) {
      thread.interrupt();
      throw failed(what + " did not come within " + DurationText.of(limit));
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw failed("interrupted before anything was sent");
    }
  }

  /** Whatever an odd response leads to, the command can continue. */
  private static <T> void complete(CompletableFuture<T> result, Supplier<T> call) {
    try {
      result.complete(call.get());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private static ApiException failed(String message) {
    return new ApiException(message, 0, null, null, null, null, null);
  }
}
