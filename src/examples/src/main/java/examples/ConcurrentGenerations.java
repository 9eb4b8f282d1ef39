package examples;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs many generations at once: a future for each, no thread for any. */
public final class ConcurrentGenerations {
  private ConcurrentGenerations() {}

  /**
   * Generates a video for each request and waits for all of them.
   *
   * @return completed futures, by the names of the requests; a failed one holds the exception with
   *     the id of the generation
   */
  public static Map<String, CompletableFuture<VideoGeneration>> generate(
      VideoClient client, Map<String, VideoRequest> requests, Path folder) {
    // begin concurrent
    Map<String, CompletableFuture<VideoGeneration>> videos = new LinkedHashMap<>();
    requests.forEach(
        (name, request) -> {
          try {
            videos.put(name, client.generateAsync(request, folder.resolve(name + ".mp4")));
          } catch (IllegalArgumentException e) { // breaks the contract; nothing was sent
            videos.put(name, CompletableFuture.failedFuture(e));
          }
        });

    CompletableFuture.allOf(videos.values().toArray(CompletableFuture[]::new))
        .exceptionally(failure -> null) // each future keeps its own failure
        .join();
    // end concurrent
    return videos;
  }
}
