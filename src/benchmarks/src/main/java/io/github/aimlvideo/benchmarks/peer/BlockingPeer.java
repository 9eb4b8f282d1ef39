package io.github.aimlvideo.benchmarks.peer;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A client whose requests block: each generation takes a thread that polls and sleeps. */
abstract class BlockingPeer implements Peer {
  private final Duration pollInterval;

  BlockingPeer(Duration pollInterval) {
    this.pollInterval = pollInterval;
  }

  /** Creates a generation and returns its id. */
  abstract String create() throws Exception;

  /** Polls a generation and returns whether it has ended. */
  abstract boolean poll(String id) throws Exception;

  @Override
  public void createAndPoll() throws Exception {
    poll(create());
  }

  @Override
  public CompletableFuture<Void> generate() {
    CompletableFuture<Void> result = new CompletableFuture<>();
    Callable<Void> loop =
        () -> {
          String id = create();
          do Thread.sleep(pollInterval.toMillis());
          while (!poll(id));
          return null;
        };
    new Thread(() -> run(loop, result)).start();
    return result;
  }

  private static void run(Callable<Void> loop, CompletableFuture<Void> result) {
    try {
      result.complete(loop.call());
    } catch (Throwable e) { // after an OutOfMemoryError too the caller must not wait forever
      result.completeExceptionally(e);
    }
  }

  @Override
  public void close() {}
}
