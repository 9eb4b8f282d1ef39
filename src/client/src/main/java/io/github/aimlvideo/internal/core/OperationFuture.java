package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.VideoException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The future of a caller, behind which one operation follows the other. When it ends, by whomever,
 * the operation in progress is abandoned.
 */
public final class OperationFuture<T> extends CompletableFuture<T> {
  private volatile @Nullable Operation<?> current;

  @Override
  public boolean complete(T result) {
    return abandonIf(super.complete(result));
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return abandonIf(super.completeExceptionally(failure));
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return abandonIf(super.cancel(mayInterruptIfRunning));
  }

  private boolean abandonIf(boolean ended) {
    Operation<?> last = current;
    if (ended && last != null) last.abandon();
    return ended;
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
