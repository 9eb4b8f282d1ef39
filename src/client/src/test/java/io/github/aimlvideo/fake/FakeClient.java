package io.github.aimlvideo.fake;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.api.VideoGenerationsApi;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A client without a server: each call has this result. */
record FakeClient(Supplier<VideoGeneration> result) implements VideoClient {
  static FakeClient returning(VideoGeneration generation) {
    return new FakeClient(() -> generation);
  }

  static FakeClient throwing(VideoException exception) {
    return new FakeClient(
        () -> {
          throw exception;
        });
  }

  private CompletableFuture<VideoGeneration> future() {
    return CompletableFuture.completedFuture(null).thenApply(nothing -> result.get());
  }

  @Override
  public VideoGeneration create(VideoRequest request) {
    return result.get();
  }

  @Override
  public VideoGeneration create(VideoRequest request, String clientRequestId) {
    return result.get();
  }

  @Override
  public CompletableFuture<VideoGeneration> createAsync(VideoRequest request) {
    return future();
  }

  @Override
  public CompletableFuture<VideoGeneration> createAsync(
      VideoRequest request, String clientRequestId) {
    return future();
  }

  @Override
  public Optional<VideoGeneration> recover(String clientRequestId) {
    return Optional.of(result.get());
  }

  @Override
  public CompletableFuture<Optional<VideoGeneration>> recoverAsync(String clientRequestId) {
    return future().thenApply(Optional::of);
  }

  @Override
  public VideoGeneration get(String id) {
    return result.get();
  }

  @Override
  public CompletableFuture<VideoGeneration> getAsync(String id) {
    return future();
  }

  @Override
  public VideoGeneration await(String id) {
    return result.get();
  }

  @Override
  public VideoGeneration await(String id, Path file) {
    return result.get();
  }

  @Override
  public CompletableFuture<VideoGeneration> awaitAsync(String id) {
    return future();
  }

  @Override
  public CompletableFuture<VideoGeneration> awaitAsync(String id, Path file) {
    return future();
  }

  @Override
  public VideoGeneration generate(VideoRequest request) {
    return result.get();
  }

  @Override
  public VideoGeneration generate(VideoRequest request, Path file) {
    return result.get();
  }

  @Override
  public CompletableFuture<VideoGeneration> generateAsync(VideoRequest request) {
    return future();
  }

  @Override
  public CompletableFuture<VideoGeneration> generateAsync(VideoRequest request, Path file) {
    return future();
  }

  @Override
  public Path download(VideoGeneration generation, Path file) {
    return file;
  }

  @Override
  public CompletableFuture<Path> downloadAsync(VideoGeneration generation, Path file) {
    return CompletableFuture.completedFuture(file);
  }

  @Override
  public VideoGenerationsApi api() {
    throw new UnsupportedOperationException("no HTTP");
  }

  @Override
  public void close() {}
}
