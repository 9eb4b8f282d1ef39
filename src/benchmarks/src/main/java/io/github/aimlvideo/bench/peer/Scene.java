package io.github.aimlvideo.bench.peer;

/** What every peer asks for. */
final class Scene {
  static final String PICTURE = "https://pictures.example/harbour/1.jpeg";
  static final String PROMPT = "The fishing boats leave the harbour at dawn.";

  private Scene() {}
}
