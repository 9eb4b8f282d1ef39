package io.github.aimlvideo;

import com.google.gson.JsonParseException;
import io.github.aimlvideo.api.VideoGenerationsApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Puts submitting, polling and downloading together; asynchronous inside, blocking where it is
 * asked to.
 */
final class Engine {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

  /** Where the future of a blocking call ends: nobody but the caller waits for it. */
  private static final Executor HERE = Runnable::run;

  private final Threads threads;
  private final @Nullable OkHttpClient own;
  private final @Nullable GenerationListener listener;
  private final Timer timer;
  private final Api api;
  private final RecentCreates recent = new RecentCreates();
  private final History history;
  private final Submitter submitter;
  private final Poller poller;
  private final Downloader downloader;
  private volatile boolean closed;

  Engine(VideoClientBuilder settings) {
    threads = new Threads(settings.maxConcurrentRequests, settings.callbackExecutor);
    OkHttpClient http = settings.httpClient == null ? ownClient(settings) : settings.httpClient;
    own = settings.httpClient == null ? http : null;
    listener = settings.listener;
    timer = settings.timer == null ? Timer.real(threads.clock, threads.steps) : settings.timer;
    api = new Api(settings, http, timer, threads);
    history = new History(settings.pollPolicy.expected(), settings.historyFile);
    submitter = new Submitter(api, settings, timer, recent, history);
    poller = new Poller(api, settings, timer, recent, history);
    downloader = new Downloader(settings, http, api, timer, threads);
  }

  /** As many connections stay open as calls may run, so that none is opened for every look. */
  private static OkHttpClient ownClient(VideoClientBuilder settings) {
    return new OkHttpClient.Builder()
        .connectionPool(new ConnectionPool(settings.maxConcurrentRequests, 5, TimeUnit.MINUTES))
        .build();
  }

  VideoGeneration create(VideoRequest request, String clientRequestId) {
    Reporter reporter = reporter(HERE);
    Submission submission = submit(request, clientRequestId, reporter);
    return awaitCreated(submission, reporter).generation();
  }

  /** Only a failure waits until the listener has heard what went before. */
  private static Known awaitCreated(Submission submission, Reporter reporter) {
    CompletableFuture<Known> result = new CompletableFuture<>();
    submission.created.whenComplete(
        (known, failure) -> {
          if (failure != null) reporter.end(result, null, failure);
          else result.complete(known);
        });
    return Waiting.on(result, e -> submission.interrupt("interrupted", e));
  }

  CompletableFuture<VideoGeneration> createAsync(VideoRequest request, String clientRequestId) {
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    Reporter reporter = reporter(threads.callbacks);
    Submission submission = submit(request, clientRequestId, reporter);
    submission.created.whenComplete(
        (known, failure) ->
            reporter.end(result, known == null ? null : known.generation(), failure));
    result.whenComplete((created, failure) -> submission.cancelUnsent());
    return result;
  }

  private Submission submit(VideoRequest request, String clientRequestId, Reporter reporter) {
    open();
    return submitter.submit(request, clientRequestId, reporter);
  }

  VideoGeneration generate(VideoRequest request) {
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    Reporter reporter = reporter(HERE);
    Submission submission = submit(request, ClientRequestId.random(), reporter);
    Known created = awaitCreated(submission, reporter);
    Watch watch =
        poller.followCreated(created, submission.startedAt, reporter, result, new Ending(result));
    return Waiting.on(result, e -> watch.interrupt("interrupted", e));
  }

  CompletableFuture<VideoGeneration> generateAsync(VideoRequest request) {
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    Ending ending = new Ending(result);
    Reporter reporter = reporter(threads.callbacks);
    Submission submission = submit(request, ClientRequestId.random(), reporter);
    ending.stops(submission::cancelUnsent);
    submission.created.whenComplete(
        (known, failure) -> {
          if (failure != null) reporter.end(result, null, failure);
          else poller.followCreated(known, submission.startedAt, reporter, result, ending);
        });
    return result;
  }

  VideoGeneration generate(VideoRequest request, Path file) {
    PartFile.checkTarget(file);
    VideoGeneration generation = generate(request);
    download(generation, file);
    return generation;
  }

  CompletableFuture<VideoGeneration> generateAsync(VideoRequest request, Path file) {
    PartFile.checkTarget(file);
    return Saving.of(generateAsync(request), generation -> downloadAsync(generation, file));
  }

  CompletableFuture<VideoGeneration> awaitAsync(String id, Path file) {
    PartFile.checkTarget(file);
    return Saving.of(awaitAsync(id), generation -> downloadAsync(generation, file));
  }

  VideoGeneration await(String id, Path file) {
    PartFile.checkTarget(file);
    VideoGeneration generation = await(id);
    download(generation, file);
    return generation;
  }

  VideoGeneration await(String id) {
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    Watch watch = follow(id, HERE, result);
    return Waiting.on(result, e -> watch.interrupt("interrupted", e));
  }

  CompletableFuture<VideoGeneration> awaitAsync(String id) {
    CompletableFuture<VideoGeneration> result = new CompletableFuture<>();
    follow(id, threads.callbacks, result);
    return result;
  }

  private Watch follow(String id, Executor ending, CompletableFuture<VideoGeneration> result) {
    open();
    return poller.follow(checked(id), reporter(ending), result);
  }

  private Reporter reporter(Executor ending) {
    return new Reporter(listener, threads.callbacks, ending);
  }

  VideoGeneration get(String id) {
    VideoGeneration known = known(id);
    return Waiting.on(look(id, HERE), e -> ApiException.failed("the look", known, null, e));
  }

  CompletableFuture<VideoGeneration> getAsync(String id) {
    return look(id, threads.callbacks);
  }

  private CompletableFuture<VideoGeneration> look(String id, Executor ending) {
    open();
    VideoGeneration known = known(id);
    return api.retrieve(id, LONGEST_LOOK)
        .answer
        .handleAsync(
            (answer, failure) -> {
              if (failure != null) throw ApiException.failed("the look", known, null, failure);
              return seen(known, answer);
            },
            ending);
  }

  private static VideoGeneration seen(VideoGeneration known, HttpAnswer answer) {
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
        .map(Known::generation)
        .orElseGet(() -> VideoGeneration.unseen(id, null));
  }

  Optional<VideoGeneration> recover(String clientRequestId) {
    return Waiting.on(find(clientRequestId, HERE), e -> ApiException.inLogs(e, clientRequestId));
  }

  CompletableFuture<Optional<VideoGeneration>> recoverAsync(String clientRequestId) {
    return find(clientRequestId, threads.callbacks);
  }

  private CompletableFuture<Optional<VideoGeneration>> find(
      String clientRequestId, Executor ending) {
    open();
    return submitter
        .logs
        .find(ClientRequestId.checked(clientRequestId))
        .handleAsync(
            (id, failure) -> {
              if (failure != null) throw ApiException.inLogs(failure, clientRequestId);
              return id.map(found -> VideoGeneration.unseen(found, clientRequestId));
            },
            ending);
  }

  Path download(VideoGeneration generation, Path file) {
    Download download = start(generation, file, reporter(HERE));
    return Waiting.on(download.done, e -> download.interrupt("interrupted", e));
  }

  CompletableFuture<Path> downloadAsync(VideoGeneration generation, Path file) {
    return start(generation, file, reporter(threads.callbacks)).done;
  }

  private Download start(VideoGeneration generation, Path file, Reporter reporter) {
    open();
    Objects.requireNonNull(generation, "generation");
    return downloader.start(generation, Objects.requireNonNull(file, "file"), reporter);
  }

  VideoGenerationsApi api() {
    return api.generated();
  }

  void close() {
    closed = true;
    submitter.close();
    poller.close();
    downloader.close();
    history.save();
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
