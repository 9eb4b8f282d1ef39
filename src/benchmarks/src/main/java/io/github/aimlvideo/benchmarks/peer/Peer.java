package io.github.aimlvideo.benchmarks.peer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A way to make videos, as its makers mean it to be used. Safe for use by many threads. */
public interface Peer extends AutoCloseable {
  /** One create and one poll at it, one after the other. */
  void createAndPoll() throws Exception;

  /** Creates a generation and polls until it has ended; returns at once. */
  CompletableFuture<Void> generate();

  @Override
  void close();

  /** How to make one, for a server and the time between two polls. */
  interface Maker {
    Peer make(String url, Duration interval);
  }
}
