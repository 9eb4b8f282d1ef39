package io.github.aimlvideo.internal;

import io.github.aimlvideo.Scheduler;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.account.Account;
import io.github.aimlvideo.api.VideoGenerationsApi;
import io.github.aimlvideo.catalog.Catalog;
import io.github.aimlvideo.catalog.Quote;
import io.github.aimlvideo.internal.account.DefaultAccount;
import io.github.aimlvideo.internal.catalog.CatalogReader;
import io.github.aimlvideo.internal.core.ClientConfig;
import io.github.aimlvideo.internal.core.ClientExecutors;
import io.github.aimlvideo.internal.core.EventDispatcher;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.core.OperationFuture;
import io.github.aimlvideo.internal.create.ClientRequestId;
import io.github.aimlvideo.internal.create.CreateOperation;
import io.github.aimlvideo.internal.create.LogSearch;
import io.github.aimlvideo.internal.download.TargetFile;
import io.github.aimlvideo.internal.download.VideoHttp;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.validation.RequestConverter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;

/** Gives each call an operation, and a blocking one its result. */
public final class DefaultVideoClient implements VideoClient {
  /** The future of a blocking call: nobody but the caller waits for it. */
  private static final Executor INLINE = Runnable::run;

  private final ClientExecutors executors;
  private final OperationContext context;
  private final ApiHttp api;
  private final VideoHttp videos;
  private final LogSearch logs;
  private final Operations operations;
  private final Account account;
  private final CatalogReader catalog;

  /** A client with these settings; nothing is sent yet. */
  public DefaultVideoClient(ClientConfig config) {
    executors = new ClientExecutors(config.maxConcurrentRequests(), config.callbackExecutor());
    OkHttpClient base = config.httpClient() == null ? new OkHttpClient() : config.httpClient();
    Scheduler scheduler = config.scheduler() == null ? executors.scheduler() : config.scheduler();
    context = new OperationContext(config, scheduler, executors.steps());
    api = new ApiHttp(config, base, executors.requests());
    videos = new VideoHttp(base, executors.downloads());
    logs = new LogSearch(context, api);
    operations = new Operations(context, api, videos, logs);
    account = new DefaultAccount(context, api);
    catalog = new CatalogReader(context, api);
  }

  /** With a timeout of its own. */
  private DefaultVideoClient(DefaultVideoClient shared, Duration timeout) {
    executors = shared.executors;
    context = shared.context.withTimeout(timeout);
    api = shared.api;
    videos = shared.videos;
    logs = shared.logs;
    operations = new Operations(context, api, videos, logs);
    account = shared.account;
    catalog = shared.catalog;
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
    CreateOperation create = operations.newCreate(request, clientRequestId, events(INLINE));
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
    CreateOperation create = operations.newCreate(request, clientRequestId, events);
    future.run(create, created -> events.complete(future, created.generation(), null));
    return future;
  }

  @Override
  public VideoGeneration generate(VideoRequest request) {
    return operations.generation(request, events(INLINE), null).await();
  }

  @Override
  public VideoGeneration generate(VideoRequest request, Path file) {
    TargetFile target = TargetFile.checked(file);
    return operations.generation(request, events(INLINE), target).await();
  }

  @Override
  public CompletableFuture<VideoGeneration> generateAsync(VideoRequest request) {
    return operations.generation(request, events(executors.callbacks()), null);
  }

  @Override
  public CompletableFuture<VideoGeneration> generateAsync(VideoRequest request, Path file) {
    TargetFile target = TargetFile.checked(file);
    return operations.generation(request, events(executors.callbacks()), target);
  }

  @Override
  public VideoGeneration await(String id) {
    return operations.completion(id, events(INLINE), null).await();
  }

  @Override
  public VideoGeneration await(String id, Path file) {
    TargetFile target = TargetFile.checked(file);
    return operations.completion(id, events(INLINE), target).await();
  }

  @Override
  public CompletableFuture<VideoGeneration> awaitAsync(String id) {
    return operations.completion(id, events(executors.callbacks()), null);
  }

  @Override
  public CompletableFuture<VideoGeneration> awaitAsync(String id, Path file) {
    TargetFile target = TargetFile.checked(file);
    return operations.completion(id, events(executors.callbacks()), target);
  }

  @Override
  public Path download(VideoGeneration generation, Path file) {
    return operations.saving(generation, file, events(INLINE)).await();
  }

  @Override
  public CompletableFuture<Path> downloadAsync(VideoGeneration generation, Path file) {
    return operations.saving(generation, file, events(executors.callbacks()));
  }

  @Override
  public VideoGeneration get(String id) {
    return operations.get(id);
  }

  @Override
  public CompletableFuture<VideoGeneration> getAsync(String id) {
    return operations.getAsync(id, executors.callbacks());
  }

  @Override
  public Optional<VideoGeneration> recover(String clientRequestId) {
    return operations.recover(clientRequestId);
  }

  @Override
  public CompletableFuture<Optional<VideoGeneration>> recoverAsync(String clientRequestId) {
    return operations.recoverAsync(clientRequestId, executors.callbacks());
  }

  @Override
  public Catalog catalog() {
    return catalog.read();
  }

  @Override
  public Quote quote(VideoRequest request) {
    RequestConverter.check(request);
    return catalog().quote(request);
  }

  @Override
  public Account account() {
    return account;
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
