package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.VideoException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The future of a caller, behind which one operation follows the other. When it ends, by whomever,
 * the operation in progress is abandoned.
 */
public final class OperationFuture<T> extends CompletableFuture<T> {
  private volatile @Nullable Operation<?> current;
  private volatile @Nullable Duration callerTimeout;

  /** A future without an operation yet. */
  public OperationFuture() {
    whenComplete(
        (result, failure) -> {
          Operation<?> last = current;
          if (last != null) last.abandon();
        });
  }

  /** The failure is one of ours, which names the generation, not a {@link TimeoutException}. */
  @Override
  public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
    callerTimeout = Duration.ofNanos(unit.toNanos(timeout)); // at most 292 years
    return super.orTimeout(timeout, unit);
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    Duration timeout = callerTimeout;
    Operation<?> last = current;
    if (failure instanceof TimeoutException && timeout != null && last != null && !isDone()) {
      return super.completeExceptionally(last.timedOut(timeout));
    }
    return super.completeExceptionally(failure);
  }

  /** Starts an operation whose result is this future. */
  public void run(Operation<T> operation) {
    start(operation);
  }

  /** Starts an operation; its failure ends this future, and its result the next step uses. */
  public <A> void run(Operation<A> operation, Consumer<A> next) {
    operation
        .result()
        .whenComplete(
            (value, failure) -> {
              if (failure != null) completeExceptionally(failure);
              else if (!isDone()) proceed(() -> next.accept(value));
            });
    start(operation);
  }

  private void start(Operation<?> operation) {
    current = operation;
    operation.start();
    if (isDone()) operation.abandon();
  }

  private void proceed(Runnable next) {
    try {
      next.run();
    } catch (Throwable e) { // not even an Error leaves the caller waiting
      completeExceptionally(e);
    }
  }

  /** Waits for the result on behalf of a blocking call; an interruption ends the operation. */
  public T await() {
    return BlockingCalls.await(this, this::interrupt);
  }

  private VideoException interrupt(InterruptedException cause) {
    Operation<?> last = Objects.requireNonNull(current, "no operation was started");
    VideoException interruption = last.interrupt("interrupted", cause);
    completeExceptionally(interruption); // if that operation has just ended, the next one must too
    return interruption;
  }
}
