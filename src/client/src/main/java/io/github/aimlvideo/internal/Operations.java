package io.github.aimlvideo.internal;

import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.internal.core.BlockingCalls;
import io.github.aimlvideo.internal.core.EventDispatcher;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.core.OperationFuture;
import io.github.aimlvideo.internal.core.TrackedGeneration;
import io.github.aimlvideo.internal.create.ClientRequestId;
import io.github.aimlvideo.internal.create.CreateOperation;
import io.github.aimlvideo.internal.create.LogSearch;
import io.github.aimlvideo.internal.download.DownloadOperation;
import io.github.aimlvideo.internal.download.TargetFile;
import io.github.aimlvideo.internal.download.VideoHttp;
import io.github.aimlvideo.internal.http.ApiExceptions;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.http.ApiResponse;
import io.github.aimlvideo.internal.http.GenerationReader;
import io.github.aimlvideo.internal.poll.PollOperation;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Starts the three operations, one after the other where a call asks for that, and sends what has
 * no events: a single poll, a single search of the logs.
 */
record Operations(OperationContext context, ApiHttp api, VideoHttp videos, LogSearch logs) {

  CreateOperation newCreate(VideoRequest request, String clientRequestId, EventDispatcher events) {
    context.checkOpen();
    Objects.requireNonNull(request, "request");
    return new CreateOperation(
        context, events, api, logs, request, ClientRequestId.checked(clientRequestId));
  }

  OperationFuture<VideoGeneration> generation(
      VideoRequest request, EventDispatcher events, @Nullable TargetFile target) {
    OperationFuture<VideoGeneration> future = new OperationFuture<>();
    CreateOperation create = newCreate(request, ClientRequestId.random(), events);
    future.run(create, created -> poll(future, created, create.startedAt(), true, events, target));
    return future;
  }

  OperationFuture<VideoGeneration> completion(
      String id, EventDispatcher events, @Nullable TargetFile target) {
    context.checkOpen();
    OperationFuture<VideoGeneration> future = new OperationFuture<>();
    poll(future, context.tracked(id), context.scheduler().nanoTime(), false, events, target);
    return future;
  }

  /** Polls until the generation has ended, then saves its video if there is a file for it. */
  private void poll(
      OperationFuture<VideoGeneration> future,
      TrackedGeneration tracked,
      long startedAt,
      boolean justCreated,
      EventDispatcher events,
      @Nullable TargetFile target) {
    if (target == null) {
      future.run(new PollOperation(context, events, api, tracked, startedAt, justCreated, future));
      return;
    }
    CompletableFuture<VideoGeneration> polled = new CompletableFuture<>();
    future.run(
        new PollOperation(context, events, api, tracked, startedAt, justCreated, polled),
        completed ->
            future.run(
                newDownload(completed, target, events, new CompletableFuture<>()),
                saved -> future.complete(completed)));
  }

  OperationFuture<Path> saving(VideoGeneration generation, Path file, EventDispatcher events) {
    context.checkOpen();
    Objects.requireNonNull(generation, "generation");
    TargetFile target = TargetFile.of(file);
    OperationFuture<Path> future = new OperationFuture<>();
    future.run(newDownload(generation, target, events, future));
    return future;
  }

  private DownloadOperation newDownload(
      VideoGeneration generation,
      TargetFile target,
      EventDispatcher events,
      CompletableFuture<Path> result) {
    return new DownloadOperation(context, events, api, videos, generation, target, result);
  }

  /** Polls once. */
  VideoGeneration get(String id) {
    VideoGeneration known = context.tracked(id).generation();
    return BlockingCalls.await(
        poll(known, Runnable::run), e -> ApiExceptions.failed("the poll", known, null, e));
  }

  /** Polls once. */
  CompletableFuture<VideoGeneration> getAsync(String id, Executor completions) {
    return poll(context.tracked(id).generation(), completions);
  }

  private CompletableFuture<VideoGeneration> poll(VideoGeneration known, Executor completions) {
    context.checkOpen();
    return api.retrieve(known.id(), ApiHttp.POLL_LIMIT)
        .send()
        .handleAsync(
            (response, failure) -> {
              if (failure != null) throw ApiExceptions.failed("the poll", known, null, failure);
              return polled(response, known);
            },
            completions);
  }

  private static VideoGeneration polled(
      ApiResponse<VideoGenerationResponse> response, VideoGeneration known) {
    if (!response.isSuccess()) throw ApiExceptions.refused(response, known, null);
    return GenerationReader.polled(response, known)
        .orElseThrow(() -> ApiExceptions.unreadable(response, known, null));
  }

  /** Searches the logs once. */
  Optional<VideoGeneration> recover(String clientRequestId) {
    return BlockingCalls.await(
        recoverAsync(clientRequestId, Runnable::run),
        e -> ApiExceptions.inLogs(e, clientRequestId));
  }

  /** Searches the logs once. */
  CompletableFuture<Optional<VideoGeneration>> recoverAsync(
      String clientRequestId, Executor completions) {
    context.checkOpen();
    return logs.find(ClientRequestId.checked(clientRequestId))
        .handleAsync(
            (id, failure) -> {
              if (failure != null) throw ApiExceptions.inLogs(failure, clientRequestId);
              return id.map(found -> GenerationReader.unknown(found, clientRequestId));
            },
            completions);
  }
}
