package io.github.aimlvideo;

import com.google.gson.JsonParseException;
import io.github.aimlvideo.api.VideoGenerationsApi;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * Puts submitting, polling and downloading together; asynchronous inside, blocking where it is
 * asked to.
 */
final class Engine {
  private static final int CALLS_AT_ONCE = 32;

  private final PollPolicy policy;
  private final Timer timer;
  private final OkHttpClient own;
  private final Api api;
  private final Submitter submitter;
  private final Poller poller;
  private final Downloader downloader;

  Engine(VideoClient.Builder settings) {
    policy = settings.pollPolicy;
    String key = Settings.apiKey(settings.apiKey);
    var baseUrl = Settings.baseUrl(settings.baseUrl);
    own = settings.httpClient == null ? defaultClient() : null;
    OkHttpClient http = own == null ? settings.httpClient : own;
    timer = settings.timer == null ? Timer.real() : settings.timer;
    Events events = new Events(settings.listener);
    api = new Api(http, baseUrl, key, settings.legacyAddress);
    submitter = new Submitter(api, events);
    poller = new Poller(api, policy, timer, events);
    downloader = new Downloader(http);
  }

  /**
   * OkHttp's defaults suit a browser's page: five calls to a host, and threads that keep the
   * program alive.
   */
  private static OkHttpClient defaultClient() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            CALLS_AT_ONCE,
            CALLS_AT_ONCE,
            60,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DaemonThreads("aiml-video-http"));
    threads.allowCoreThreadTimeOut(true);
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(CALLS_AT_ONCE);
    dispatcher.setMaxRequestsPerHost(CALLS_AT_ONCE);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .readTimeout(Duration.ofSeconds(60))
        .writeTimeout(Duration.ofSeconds(60))
        .build();
  }

  VideoGeneration create(KlingVideoV1StandardImageToVideoRequest request) {
    Submitter.Submission submission = submitter.submit(request, policy.deadline());
    return Waiting.on(
        submission.generation(),
        e ->
            new SubmissionUnknownException(
                "interrupted while it was sent", submission.clientRequestId(), e));
  }

  CompletableFuture<VideoGeneration> createAsync(KlingVideoV1StandardImageToVideoRequest request) {
    return submitter.submit(request, policy.deadline()).generation();
  }

  VideoGeneration generate(KlingVideoV1StandardImageToVideoRequest request) {
    long startedAt = timer.nanoTime();
    VideoGeneration created = create(request);
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    Poller.Watch watch = poller.followCreated(created, startedAt, result);
    return Waiting.on(result, e -> watch.interrupt("interrupted", e));
  }

  CompletableFuture<VideoGeneration> generateAsync(
      KlingVideoV1StandardImageToVideoRequest request) {
    long startedAt = timer.nanoTime();
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    createAsync(request)
        .whenComplete(
            (created, failure) -> {
              if (failure == null) poller.followCreated(created, startedAt, result);
              else result.completeExceptionally(failure);
            });
    return result;
  }

  VideoGeneration await(String id) {
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    Poller.Watch watch = poller.follow(checked(id), result);
    return Waiting.on(result, e -> watch.interrupt("interrupted", e));
  }

  CompletableFuture<VideoGeneration> awaitAsync(String id) {
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    poller.follow(checked(id), result);
    return result;
  }

  VideoGeneration get(String id) {
    return Waiting.on(
        getAsync(id),
        e -> new GenerationInterruptedException(VideoGeneration.unseen(id), "interrupted", e));
  }

  CompletableFuture<VideoGeneration> getAsync(String id) {
    VideoGeneration unseen = VideoGeneration.unseen(checked(id));
    return api.retrieve(id, policy.deadline())
        .answer
        .handle((answer, failure) -> seen(unseen, answer, failure));
  }

  private static VideoGeneration seen(
      VideoGeneration unseen, HttpAnswer answer, Throwable failure) {
    if (failure != null) throw ApiException.failed("the look", unseen, null, (Exception) failure);
    if (!answer.isSuccess()) throw ApiException.refused(answer, unseen, null);
    try {
      return unseen.looked(answer);
    } catch (JsonParseException e) {
      throw ApiException.failed("the look", unseen, null, e);
    }
  }

  Path download(VideoGeneration generation, Path file) {
    Downloader.Download download = downloader.start(generation, file);
    return Waiting.on(download.done(), download::interrupt);
  }

  CompletableFuture<Path> downloadAsync(VideoGeneration generation, Path file) {
    try {
      return downloader.start(generation, file).done();
    } catch (DownloadException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  VideoGenerationsApi api() {
    return api.generated();
  }

  void close() {
    poller.close();
    downloader.close();
    timer.close();
    if (own != null) {
      own.dispatcher().cancelAll();
      own.dispatcher().executorService().shutdown();
      own.connectionPool().evictAll();
    }
  }

  private static String checked(String id) {
    if (Objects.requireNonNull(id, "id").isBlank())
      throw new IllegalArgumentException("generation id is blank");
    return id;
  }
}
