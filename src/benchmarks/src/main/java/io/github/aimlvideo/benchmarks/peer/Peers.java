package io.github.aimlvideo.benchmarks.peer;

/** All peers, by the names in the table. The page's loop is no Java and has a file of its own. */
public enum Peers {
  HAND_WRITTEN("hand-written", HandWritten::new),
  AIML_VIDEO("aiml-video", AimlVideo::new),
  GENERATED("generated", Generated::new),
  FAL("fal-client", Fal::new),
  OPENAI("openai-java", OpenAi::new);

  public final String title;
  public final Peer.Maker maker;

  Peers(String title, Peer.Maker maker) {
    this.title = title;
    this.maker = maker;
  }
}
