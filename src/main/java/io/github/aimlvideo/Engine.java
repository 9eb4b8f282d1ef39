package io.github.aimlvideo;

import com.google.gson.JsonParseException;
import io.github.aimlvideo.RecentCreates.Created;
import io.github.aimlvideo.api.VideoGenerationsApi;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;

/**
 * Puts submitting, polling and downloading together; asynchronous inside, blocking where it is
 * asked to.
 */
final class Engine {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

  private final Threads threads = new Threads();
  private final OkHttpClient own;
  private final Timer timer;
  private final Api api;
  private final RecentCreates recent = new RecentCreates();
  private final Submitter submitter;
  private final Poller poller;
  private final Downloader downloader;
  private volatile boolean closed;

  Engine(VideoClient.Builder settings) {
    own = settings.httpClient == null ? new OkHttpClient() : null;
    OkHttpClient http = own == null ? settings.httpClient : own;
    timer = settings.timer == null ? Timer.real(threads.callbacks) : settings.timer;
    Events events = new Events(settings.listener);
    api = new Api(settings, http, timer, threads);
    submitter = new Submitter(api, settings, timer, events, recent);
    poller = new Poller(api, settings, timer, events, recent);
    downloader = new Downloader(settings, http, api, timer, threads);
  }

  VideoGeneration create(KlingVideoV1StandardImageToVideoRequest request, String clientRequestId) {
    Submission submission = submit(request, clientRequestId);
    return Waiting.on(submission.generation, e -> submission.interrupt("interrupted", e));
  }

  CompletableFuture<VideoGeneration> createAsync(
      KlingVideoV1StandardImageToVideoRequest request, String clientRequestId) {
    return submit(request, clientRequestId).generation;
  }

  private Submission submit(
      KlingVideoV1StandardImageToVideoRequest request, String clientRequestId) {
    open();
    return submitter.submit(request, clientRequestId);
  }

  VideoGeneration generate(KlingVideoV1StandardImageToVideoRequest request) {
    Submission submission = submit(request, ClientRequestId.random());
    VideoGeneration created =
        Waiting.on(submission.generation, e -> submission.interrupt("interrupted", e));
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    Watch watch = poller.followCreated(new Created(created, submission.startedAt), result);
    return Waiting.on(result, e -> watch.interrupt("interrupted", e));
  }

  CompletableFuture<VideoGeneration> generateAsync(
      KlingVideoV1StandardImageToVideoRequest request) {
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    Submission submission = submit(request, ClientRequestId.random());
    submission.generation.whenComplete(
        (created, failure) -> {
          if (failure != null) result.completeExceptionally(failure);
          else poller.followCreated(new Created(created, submission.startedAt), result);
        });
    result.whenComplete((done, failure) -> submission.cancelUnsent());
    return result;
  }

  VideoGeneration generate(KlingVideoV1StandardImageToVideoRequest request, Path file) {
    PartFile.checkTarget(file);
    VideoGeneration generation = generate(request);
    download(generation, file);
    return generation;
  }

  VideoGeneration await(String id, Path file) {
    PartFile.checkTarget(file);
    VideoGeneration generation = await(id);
    download(generation, file);
    return generation;
  }

  VideoGeneration await(String id) {
    open();
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    Watch watch = poller.follow(checked(id), result);
    return Waiting.on(result, e -> watch.interrupt("interrupted", e));
  }

  CompletableFuture<VideoGeneration> awaitAsync(String id) {
    open();
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    poller.follow(checked(id), result);
    return result;
  }

  VideoGeneration get(String id) {
    VideoGeneration known = known(id);
    return Waiting.on(getAsync(id), e -> ApiException.failed("the look", known, null, e));
  }

  CompletableFuture<VideoGeneration> getAsync(String id) {
    open();
    VideoGeneration known = known(id);
    return api.retrieve(id, LONGEST_LOOK)
        .answer
        .handle((answer, failure) -> seen(known, answer, failure));
  }

  private static VideoGeneration seen(VideoGeneration known, HttpAnswer answer, Throwable failure) {
    if (failure != null) throw ApiException.failed("the look", known, null, failure);
    if (!answer.isSuccess()) throw ApiException.refused(answer, known, null);
    if (answer.failure() != null)
      throw ApiException.failed("the look", known, null, answer.failure());
    try {
      return known.looked(answer);
    } catch (JsonParseException e) {
      throw ApiException.unreadable(answer, known, e);
    }
  }

  private VideoGeneration known(String id) {
    return recent
        .find(checked(id))
        .map(Created::generation)
        .orElseGet(() -> VideoGeneration.unseen(id, null));
  }

  Optional<VideoGeneration> recover(String clientRequestId) {
    return Waiting.on(recoverAsync(clientRequestId), e -> ApiException.inLogs(e, clientRequestId));
  }

  CompletableFuture<Optional<VideoGeneration>> recoverAsync(String clientRequestId) {
    open();
    return submitter
        .logs
        .find(ClientRequestId.checked(clientRequestId))
        .handle(
            (id, failure) -> {
              if (failure != null) throw ApiException.inLogs(failure, clientRequestId);
              return id.map(found -> VideoGeneration.unseen(found, clientRequestId));
            });
  }

  Path download(VideoGeneration generation, Path file) {
    open();
    Download download = downloader.start(generation, file);
    return Waiting.on(download.done, e -> download.interrupt("interrupted", e));
  }

  CompletableFuture<Path> downloadAsync(VideoGeneration generation, Path file) {
    open();
    return downloader.start(generation, file).done;
  }

  VideoGenerationsApi api() {
    return api.generated();
  }

  void close() {
    closed = true;
    submitter.close();
    poller.close();
    downloader.close();
    timer.close();
    threads.close();
    if (own != null) own.connectionPool().evictAll();
  }

  private void open() {
    if (closed) throw new IllegalStateException("the client is closed");
  }

  private static String checked(String id) {
    if (Objects.requireNonNull(id, "id").isBlank())
      throw new IllegalArgumentException("generation id is blank");
    return id;
  }
}
