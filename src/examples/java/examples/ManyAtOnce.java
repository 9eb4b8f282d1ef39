package examples;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Many films at once: a future for each, and no thread that waits. */
public final class ManyAtOnce {
  private final VideoClient client;

  public ManyAtOnce(VideoClient client) {
    this.client = client;
  }

  /**
   * Makes a film of each request.
   *
   * @return what became of each, by its name: the path of the film, or why there is none
   */
  public Map<String, String> films(Map<String, VideoRequest> requests, Path folder) {
    // begin many
    Map<String, CompletableFuture<String>> films = new LinkedHashMap<>();
    requests.forEach(
        (name, request) ->
            films.put(
                name,
                client
                    .generateAsync(request)
                    .thenCompose(film -> client.downloadAsync(film, folder.resolve(name + ".mp4")))
                    .handle((file, failure) -> file == null ? reason(failure) : file.toString())));

    CompletableFuture.allOf(films.values().toArray(CompletableFuture[]::new)).join();
    // end many
    Map<String, String> results = new LinkedHashMap<>();
    films.forEach((name, film) -> results.put(name, film.join()));
    return results;
  }

  private static String reason(Throwable failure) {
    return failure.getCause() == null ? failure.getMessage() : failure.getCause().getMessage();
  }
}
