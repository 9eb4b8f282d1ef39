package io.github.aimlvideo.benchmarks.peer;

/** The peers in Java, with their names in the table. */
public enum Peers {
  HAND_WRITTEN("hand-written", HandWritten::new),
  HAND_WRITTEN_BLOCKING("hand-written, blocking", HandWrittenBlocking::new),
  AIML_VIDEO("aiml-video", AimlVideo::new),
  GENERATED("generated", Generated::new),
  FAL("fal-client", Fal::new),
  OPENAI("openai-java", OpenAi::new);

  public final String title;
  public final Peer.Factory factory;

  Peers(String title, Peer.Factory factory) {
    this.title = title;
    this.factory = factory;
  }
}
