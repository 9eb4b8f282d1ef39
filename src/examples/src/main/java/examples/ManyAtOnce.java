package examples;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Many films at once: a future for each, and no thread that waits. */
public final class ManyAtOnce {
  private ManyAtOnce() {}

  /**
   * Makes a film of each request and waits for all.
   *
   * @return the films, done, by their names; what failed holds why, and the id of what may be paid
   *     for
   */
  public static Map<String, CompletableFuture<VideoGeneration>> films(
      VideoClient client, Map<String, VideoRequest> requests, Path folder) {
    // begin many
    Map<String, CompletableFuture<VideoGeneration>> films = new LinkedHashMap<>();
    requests.forEach(
        (name, request) -> {
          try {
            films.put(name, client.generateAsync(request, folder.resolve(name + ".mp4")));
          } catch (IllegalArgumentException e) { // against the contract: nothing was sent
            films.put(name, CompletableFuture.failedFuture(e));
          }
        });

    CompletableFuture.allOf(films.values().toArray(CompletableFuture[]::new))
        .exceptionally(failure -> null) // each tells of itself
        .join();
    // end many
    return films;
  }
}
