package io.github.aimlvideo.benchmarks.peer;

/** What every peer asks for. */
final class Sample {
  static final String IMAGE = "https://images.example/harbour/1.jpeg";
  static final String PROMPT = "The fishing boats leave the harbour at dawn.";

  private Sample() {}
}
