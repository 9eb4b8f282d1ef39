package io.github.aimlvideo.internal;

import io.github.aimlvideo.Scheduler;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.account.Account;
import io.github.aimlvideo.api.VideoGenerationsApi;
import io.github.aimlvideo.catalog.Catalog;
import io.github.aimlvideo.catalog.Quote;
import io.github.aimlvideo.internal.core.ClientConfig;
import io.github.aimlvideo.internal.core.ClientExecutors;
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
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.poll.PollOperation;
import io.github.aimlvideo.internal.validation.RequestValidator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Starts the three operations, one after the other where a call asks for that. */
public final class DefaultVideoClient implements VideoClient {
  /** The future of a blocking call: nobody but the caller waits for it. */
  private static final Executor INLINE = Runnable::run;

  private final ClientExecutors executors;
  private final OperationContext context;
  private final ApiHttp api;
  private final VideoHttp videos;
  private final LogSearch logs;
  private final SingleRequests single;

  /** A client with these settings; nothing is sent yet. */
  public DefaultVideoClient(ClientConfig config) {
    executors = new ClientExecutors(config.maxConcurrentRequests(), config.callbackExecutor());
    OkHttpClient base = config.httpClient() == null ? new OkHttpClient() : config.httpClient();
    Scheduler scheduler = config.scheduler() == null ? executors.scheduler() : config.scheduler();
    context = new OperationContext(config, scheduler, executors.steps());
    api = new ApiHttp(config, base, executors.requests());
    videos = new VideoHttp(base, executors.downloads());
    logs = new LogSearch(context, api);
    single = new SingleRequests(context, api, logs, executors.callbacks());
  }

  /** With a timeout of its own. */
  private DefaultVideoClient(DefaultVideoClient shared, Duration timeout) {
    executors = shared.executors;
    context = shared.context.withTimeout(timeout);
    api = shared.api;
    videos = shared.videos;
    logs = shared.logs;
    single = shared.single;
  }

  @Override
  public VideoClient withTimeout(Duration timeout) {
    return new DefaultVideoClient(this, timeout);
  }

  @Override
  public VideoGeneration create(VideoRequest request) {
    return create(request, ClientRequestId.random());
  }

  @Override
  public VideoGeneration create(VideoRequest request, String clientRequestId) {
    OperationFuture<VideoGeneration> future = new OperationFuture<>();
    CreateOperation create = newCreate(request, clientRequestId, events(INLINE));
    future.run(create, created -> future.complete(created.generation()));
    return future.await();
  }

  @Override
  public CompletableFuture<VideoGeneration> createAsync(VideoRequest request) {
    return createAsync(request, ClientRequestId.random());
  }

  @Override
  public CompletableFuture<VideoGeneration> createAsync(
      VideoRequest request, String clientRequestId) {
    OperationFuture<VideoGeneration> future = new OperationFuture<>();
    EventDispatcher events = events(executors.callbacks());
    CreateOperation create = newCreate(request, clientRequestId, events);
    future.run(create, created -> events.complete(future, created.generation(), null));
    return future;
  }

  private CreateOperation newCreate(
      VideoRequest request, String clientRequestId, EventDispatcher events) {
    context.checkOpen();
    Objects.requireNonNull(request, "request");
    return new CreateOperation(
        context, events, api, logs, request, ClientRequestId.checked(clientRequestId));
  }

  @Override
  public VideoGeneration generate(VideoRequest request) {
    return generation(request, events(INLINE), null).await();
  }

  @Override
  public VideoGeneration generate(VideoRequest request, Path file) {
    TargetFile target = TargetFile.checked(file);
    return generation(request, events(INLINE), target).await();
  }

  @Override
  public CompletableFuture<VideoGeneration> generateAsync(VideoRequest request) {
    return generation(request, events(executors.callbacks()), null);
  }

  @Override
  public CompletableFuture<VideoGeneration> generateAsync(VideoRequest request, Path file) {
    TargetFile target = TargetFile.checked(file);
    return generation(request, events(executors.callbacks()), target);
  }

  private OperationFuture<VideoGeneration> generation(
      VideoRequest request, EventDispatcher events, @Nullable TargetFile target) {
    OperationFuture<VideoGeneration> future = new OperationFuture<>();
    CreateOperation create = newCreate(request, ClientRequestId.random(), events);
    future.run(create, created -> poll(future, created, create.startedAt(), true, events, target));
    return future;
  }

  @Override
  public VideoGeneration await(String id) {
    return completion(id, events(INLINE), null).await();
  }

  @Override
  public VideoGeneration await(String id, Path file) {
    TargetFile target = TargetFile.checked(file);
    return completion(id, events(INLINE), target).await();
  }

  @Override
  public CompletableFuture<VideoGeneration> awaitAsync(String id) {
    return completion(id, events(executors.callbacks()), null);
  }

  @Override
  public CompletableFuture<VideoGeneration> awaitAsync(String id, Path file) {
    TargetFile target = TargetFile.checked(file);
    return completion(id, events(executors.callbacks()), target);
  }

  private OperationFuture<VideoGeneration> completion(
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

  @Override
  public Path download(VideoGeneration generation, Path file) {
    return saving(generation, file, events(INLINE)).await();
  }

  @Override
  public CompletableFuture<Path> downloadAsync(VideoGeneration generation, Path file) {
    return saving(generation, file, events(executors.callbacks()));
  }

  private OperationFuture<Path> saving(
      VideoGeneration generation, Path file, EventDispatcher events) {
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

  @Override
  public VideoGeneration get(String id) {
    return single.get(id);
  }

  @Override
  public CompletableFuture<VideoGeneration> getAsync(String id) {
    return single.getAsync(id);
  }

  @Override
  public Optional<VideoGeneration> recover(String clientRequestId) {
    return single.recover(clientRequestId);
  }

  @Override
  public CompletableFuture<Optional<VideoGeneration>> recoverAsync(String clientRequestId) {
    return single.recoverAsync(clientRequestId);
  }

  @Override
  public Catalog catalog() {
    return single.catalog();
  }

  @Override
  public Quote quote(VideoRequest request) {
    RequestValidator.check(request);
    return catalog().quote(request);
  }

  @Override
  public Account account() {
    return single.account();
  }

  @Override
  public VideoGenerationsApi api() {
    return api.generations();
  }

  /** One for each call, as each delivers its own events in order. */
  private EventDispatcher events(Executor completions) {
    return new EventDispatcher(context.config().listener(), executors.callbacks(), completions);
  }

  @Override
  public void close() {
    context.close();
    logs.close();
    executors.close();
    api.close();
    if (context.config().httpClient() == null) videos.close();
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "VideoClient[" + context.config().baseUrl() + "]";
  }
}
