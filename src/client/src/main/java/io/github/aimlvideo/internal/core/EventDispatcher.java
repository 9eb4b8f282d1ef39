package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
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

  public void creating(Object request, String clientRequestId) {
    LOG.log(Level.DEBUG, "creating {0}, client request id {1}", request, clientRequestId);
  }

  public void created(VideoGeneration generation) {
    LOG.log(Level.DEBUG, "created {0}", generation);
    deliver(to -> to.onCreated(generation));
  }

  public void warning(String warning) {
    LOG.log(Level.DEBUG, "warning: {0}", warning);
    deliver(to -> to.onWarning(warning));
  }

  public void createRetry(String clientRequestId, ApiException cause) {
    LOG.log(Level.DEBUG, "retrying create {0}: {1}", clientRequestId, cause.getMessage());
    deliver(to -> to.onCreateRetry(clientRequestId, cause));
  }

  public void outcomeUnknown(String clientRequestId, CreateOutcomeUnknownException cause) {
    LOG.log(Level.DEBUG, "outcome unknown, {0}: {1}", clientRequestId, cause.getMessage());
    deliver(to -> to.onOutcomeUnknown(clientRequestId, cause));
  }

  public void polled(VideoGeneration before, VideoGeneration now) {
    LOG.log(Level.DEBUG, "polled {0}", now);
    deliver(to -> to.onPolled(now));
    if (!now.status().equals(before.status())) deliver(to -> to.onStatusChanged(now));
  }

  public void pollScheduled(VideoGeneration generation, Duration delay, Duration expected) {
    LOG.log(Level.DEBUG, "next poll of {0} in {1}", generation.id(), delay);
    deliver(to -> to.onPollScheduled(generation, delay, expected));
  }

  public void pollRetry(String id, Exception cause) {
    LOG.log(Level.DEBUG, "retrying poll of {0}: {1}", id, cause);
    deliver(to -> to.onPollRetry(id, cause));
  }

  public void ended(VideoGeneration generation) {
    LOG.log(Level.DEBUG, "ended {0}", generation);
    deliver(to -> to.onEnded(generation));
  }

  public void downloadRetry(VideoGeneration generation, DownloadException cause) {
    LOG.log(Level.DEBUG, "retrying download: {0}", cause.getMessage());
    deliver(to -> to.onDownloadRetry(generation, cause));
  }

  public void downloaded(VideoGeneration generation, Path file, Duration elapsed) {
    LOG.log(Level.DEBUG, "downloaded {0} to {1} in {2}", generation.id(), file, elapsed);
    deliver(to -> to.onDownloaded(generation, file, elapsed));
  }

  public void error(VideoException cause) {
    LOG.log(Level.DEBUG, "failed: {0}", cause.getMessage());
    deliver(to -> to.onError(cause));
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

  private synchronized void deliver(Consumer<GenerationListener> event) {
    GenerationListener to = listener;
    if (to == null) return;
    if (delivered == null) delivered = CompletableFuture.completedFuture(null);
    delivered = delivered.thenRunAsync(() -> deliverNow(to, event), executor);
  }

  private static void deliverNow(GenerationListener to, Consumer<GenerationListener> event) {
    try {
      event.accept(to);
    } catch (Throwable e) { // not even an Error of a listener ends a paid generation
      LOG.log(Level.WARNING, "a listener failed", e);
    }
  }
}
