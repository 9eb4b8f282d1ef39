package io.github.aimlvideo.benchmarks.peer;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** What is left to do with a client that only blocks: create, then poll and sleep, in a thread. */
abstract class Loop implements Peer {
  private final Duration interval;

  Loop(Duration interval) {
    this.interval = interval;
  }

  /** Creates a generation and returns its id. */
  abstract String create() throws Exception;

  /** Whether it has ended. */
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
          do Thread.sleep(interval.toMillis());
          while (!poll(id));
          return null;
        };
    new Thread(() -> run(loop, result)).start();
    return result;
  }

  private static void run(Callable<Void> loop, CompletableFuture<Void> result) {
    try {
      result.complete(loop.call());
    } catch (Throwable e) { // an OutOfMemoryError too must not leave anybody waiting
      result.completeExceptionally(e);
    }
  }

  @Override
  public void close() {}
}
