package io.github.aimlvideo.benchmarks.peer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A way to generate videos, used as its authors mean it to be. Safe for use by many threads. */
public interface Peer extends AutoCloseable {
  /** All peers send this image and this prompt. */
  String IMAGE_URL = "https://images.example/harbour/1.jpeg";

  String PROMPT = "The fishing boats leave the harbour at dawn.";

  /** Creates a generation, then polls it once. */
  void createAndPoll() throws Exception;

  /** Creates a generation and polls it until it has ended; returns at once. */
  CompletableFuture<Void> generate();

  @Override
  void close();

  /** Connects a peer to a server. */
  interface Factory {
    Peer connect(String url, Duration pollInterval);
  }
}
