package io.github.aimlvideo;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A generation that is waited for and then saved, in one future. */
final class Saving {
  private Saving() {}

  /** Who cancels it stops the wait or the download, whichever is under way. */
  static CompletableFuture<VideoGeneration> of(
      CompletableFuture<VideoGeneration> completed,
      Function<VideoGeneration, CompletableFuture<Path>> download) {
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    Ending ending = new Ending(result);
    ending.stops(() -> completed.cancel(false));
    completed.whenComplete(
        (generation, failure) -> {
          if (failure != null) result.completeExceptionally(failure);
          else if (!result.isDone()) save(generation, download, result, ending);
        });
    return result;
  }

  private static void save(
      VideoGeneration generation,
      Function<VideoGeneration, CompletableFuture<Path>> download,
      CompletableFuture<VideoGeneration> result,
      Ending ending) {
    try {
      CompletableFuture<Path> saved = download.apply(generation);
      ending.stops(() -> saved.cancel(false));
      saved.whenComplete(
          (file, failure) -> {
            if (failure != null) result.completeExceptionally(failure);
            else result.complete(generation);
          });
    } catch (RuntimeException e) { // the client was closed in between
      result.completeExceptionally(e);
    }
  }
}
