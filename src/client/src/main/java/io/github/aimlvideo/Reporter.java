package io.github.aimlvideo;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the log and the listener what becomes of one wait, each thing after the other, and ends the
 * wait after them. The listener runs on the caller's executor: whatever it does, however long it
 * takes, the generation goes on.
 */
final class Reporter {
  private static final Logger LOG = System.getLogger("io.github.aimlvideo");

  private final @Nullable GenerationListener listener;
  private final Executor executor;
  private final Executor ending;

  /** Done when the listener has heard everything so far; null if it has heard nothing. */
  private @Nullable CompletableFuture<Void> told;

  /** For a listener that is told on {@code executor}, or null, and a wait that ends on another. */
  Reporter(@Nullable GenerationListener listener, Executor executor, Executor ending) {
    this.listener = listener;
    this.executor = executor;
    this.ending = ending;
  }

  void creating(Object request, String clientRequestId) {
    LOG.log(Level.DEBUG, "creating {0}, client request id {1}", request, clientRequestId);
  }

  void created(VideoGeneration generation) {
    LOG.log(Level.DEBUG, "created {0}", generation);
    tell(to -> to.onCreated(generation));
  }

  void warned(String warning) {
    LOG.log(Level.DEBUG, "warning: {0}", warning);
    tell(to -> to.onWarning(warning));
  }

  void createFailed(String clientRequestId, ApiException cause) {
    LOG.log(Level.DEBUG, "create {0} will be sent again: {1}", clientRequestId, cause.getMessage());
    tell(to -> to.onCreateRetry(clientRequestId, cause));
  }

  void submissionUnknown(String clientRequestId, CreateOutcomeUnknownException cause) {
    LOG.log(Level.DEBUG, "create {0} is looked up: {1}", clientRequestId, cause.getMessage());
    tell(to -> to.onOutcomeUnknown(clientRequestId, cause));
  }

  void polled(VideoGeneration before, VideoGeneration now) {
    LOG.log(Level.DEBUG, "looked at {0}", now);
    tell(to -> to.onPolled(now));
    if (!now.status().equals(before.status())) tell(to -> to.onStatusChanged(now));
  }

  void waiting(VideoGeneration generation, Duration untilNextLook, Duration expected) {
    LOG.log(Level.DEBUG, "next look at {0} in {1}", generation.id(), untilNextLook);
    tell(to -> to.onPollScheduled(generation, untilNextLook, expected));
  }

  void pollFailed(String id, Exception cause) {
    LOG.log(Level.DEBUG, "look at {0} failed: {1}", id, cause);
    tell(to -> to.onPollRetry(id, cause));
  }

  void finished(VideoGeneration generation) {
    LOG.log(Level.DEBUG, "finished {0}", generation);
    tell(to -> to.onEnded(generation));
  }

  void downloadFailed(VideoGeneration generation, DownloadException cause) {
    LOG.log(Level.DEBUG, "download goes on: {0}", cause.getMessage());
    tell(to -> to.onDownloadRetry(generation, cause));
  }

  void downloaded(VideoGeneration generation, Path file, Duration took) {
    LOG.log(Level.DEBUG, "downloaded {0} to {1} in {2}", generation.id(), file, took);
    tell(to -> to.onDownloaded(generation, file, took));
  }

  void failed(VideoException cause) {
    LOG.log(Level.DEBUG, "failed: {0}", cause.getMessage());
    tell(to -> to.onError(cause));
  }

  /** Settles the future when everything has been told, a failure last. */
  <T> void end(CompletableFuture<T> future, @Nullable T result, @Nullable Throwable failure) {
    if (failure instanceof VideoException e) failed(e);
    Runnable end =
        () -> {
          if (failure == null) future.complete(result);
          else future.completeExceptionally(failure);
        };
    synchronized (this) {
      if (told == null) ending.execute(end);
      else told.thenRunAsync(end, ending);
    }
  }

  private synchronized void tell(Consumer<GenerationListener> event) {
    GenerationListener to = listener;
    if (to == null) return;
    if (told == null) told = CompletableFuture.completedFuture(null);
    told = told.thenRunAsync(() -> tellNow(to, event), executor);
  }

  private void tellNow(GenerationListener to, Consumer<GenerationListener> event) {
    try {
      event.accept(to);
    } catch (Throwable e) { // an Error too must not end a paid generation
      LOG.log(Level.WARNING, "a listener failed", e);
    }
  }
}
