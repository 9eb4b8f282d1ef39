package io.github.aimlvideo;

import java.util.concurrent.CompletableFuture;

/**
 * What is to be stopped when a future ends, by whomever: its caller may cancel it, or nobody waits
 * for it any more. One thing at a time, so that ten thousand futures hold no more than that.
 */
final class Ending {
  private final CompletableFuture<?> future;
  private volatile Runnable stop = () -> {};

  Ending(CompletableFuture<?> future) {
    this.future = future;
    future.whenComplete((done, failure) -> stop.run());
  }

  /** Replaces what is to be stopped; stops it now if the future has ended. */
  void stops(Runnable stop) {
    this.stop = stop;
    if (future.isDone()) stop.run();
  }
}
