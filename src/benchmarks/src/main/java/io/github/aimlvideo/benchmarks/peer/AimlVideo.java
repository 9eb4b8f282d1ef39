package io.github.aimlvideo.benchmarks.peer;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** This library. */
final class AimlVideo implements Peer {
  private final VideoClient client;

  AimlVideo(String url, Duration interval) {
    client =
        VideoClient.builder()
            .apiKey("any")
            .baseUrl(url)
            .pollPolicy(
                PollPolicy.DEFAULT.withInterval(interval).withTimeout(Duration.ofMinutes(30)))
            .build();
  }

  private static KlingVideoV1StandardImageToVideoRequest request() {
    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(Image.url(Sample.IMAGE))
        .prompt(Sample.PROMPT)
        .duration(5);
  }

  @Override
  public void createAndPoll() {
    client.get(client.create(request()).id());
  }

  @Override
  public CompletableFuture<Void> generate() {
    return client.generateAsync(request()).thenAccept(done -> {});
  }

  @Override
  public void close() {
    client.close();
  }
}
