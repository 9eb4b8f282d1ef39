package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports what happens in one call of the client to the log and the listener, one event after the
 * other, and completes the caller's future after them. The listener runs on the caller's executor;
 * however long it takes, the generation continues.
 */
public final class EventDispatcher {
  private static final Logger LOG = System.getLogger("io.github.aimlvideo");

  private final @Nullable GenerationListener listener;
  private final Executor executor;
  private final Executor completions;

  /** Done when the listener has received all events so far; null before the first. */
  private @Nullable CompletableFuture<Void> delivered;

  /** For a listener that runs on {@code executor}, and futures that complete on another one. */
  public EventDispatcher(
      @Nullable GenerationListener listener, Executor executor, Executor completions) {
    this.listener = listener;
    this.executor = executor;
    this.completions = completions;
  }

  /** Reports an event; {@code message} is for the log, in the form of MessageFormat. */
  public synchronized void report(
      Consumer<GenerationListener> event, String message, Object... values) {
    LOG.log(Level.DEBUG, message, values);
    GenerationListener to = listener;
    if (to == null) return;
    if (delivered == null) delivered = CompletableFuture.completedFuture(null);
    delivered = delivered.thenRunAsync(() -> deliver(to, event), executor);
  }

  void error(VideoException cause) {
    report(to -> to.onError(cause), "failed: {0}", cause.getMessage());
  }

  /** Completes a future after all events; a failure is the last of them. */
  public <T> void complete(
      CompletableFuture<T> future, @Nullable T result, @Nullable Throwable failure) {
    if (failure instanceof VideoException e) error(e);
    Runnable completion =
        () -> {
          if (failure == null) future.complete(result);
          else future.completeExceptionally(failure);
        };
    synchronized (this) {
      if (delivered == null) completions.execute(completion);
      else delivered.thenRunAsync(completion, completions);
    }
  }

  private static void deliver(GenerationListener to, Consumer<GenerationListener> event) {
    try {
      event.accept(to);
    } catch (Throwable e) { // not even an Error of a listener ends a paid generation
      LOG.log(Level.WARNING, "a listener failed", e);
    }
  }
}
