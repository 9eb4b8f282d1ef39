package io.github.aimlvideo.internal.download;

import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.internal.core.EventDispatcher;
import io.github.aimlvideo.internal.core.Failures;
import io.github.aimlvideo.internal.core.Operation;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.http.ApiExceptions;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.http.ApiResponse;
import io.github.aimlvideo.internal.http.GenerationReader;
import io.github.aimlvideo.internal.http.HttpCall;
import io.github.aimlvideo.internal.http.RetryAfter;
import io.github.aimlvideo.internal.values.ShortText;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One video on its way to disk. After a break it resumes where the server can do that; an expired
 * link is replaced by a fresh one.
 */
public final class DownloadOperation extends Operation<Path> implements Callback {
  private static final int MAX_FRESH_LINKS = 2;

  private final ApiHttp api;
  private final VideoHttp http;
  private final PartialFile partial;
  private final Path file;
  private final long startedAt;
  private volatile VideoGeneration generation;
  private int failures;
  private int freshLinks;

  /** A download to a file. */
  public DownloadOperation(
      OperationContext context,
      EventDispatcher events,
      ApiHttp api,
      VideoHttp http,
      VideoGeneration generation,
      TargetFile target,
      CompletableFuture<Path> result) {
    super(context, events, result);
    this.api = api;
    this.http = http;
    this.generation = generation;
    this.file = target.given();
    this.startedAt = nanoTime();
    this.partial =
        new PartialFile(target, http.abandonedParts(), context.config().maxDownloadBytes());
  }

  @Override
  protected void begin() {
    String reason = "not complete within the downloadTimeout";
    limit(
        context.config().downloadTimeout(),
        () -> context.steps().execute(() -> interrupt(reason, null))); // it deletes a file
    fetch();
  }

  private void fetch() {
    if (isDone()) return;
    Call call = http.call(link(), partial.request());
    awaiting(call::cancel);
    call.enqueue(this);
  }

  private HttpUrl link() {
    String link = generation.videoUrl().orElseThrow(() -> failure("there is no video yet", null));
    HttpUrl url = HttpUrl.parse(link);
    if (url == null)
      throw failure("the link is not an http(s) URL: " + ShortText.value(link), null);
    return url;
  }

  @Override
  public void onFailure(Call call, IOException e) {
    String what = "the video cannot be fetched: " + Failures.describe(e);
    step(
        () -> {
          if (Failures.isLasting(e)) throw failure(what, e);
          retry(what, e, Duration.ZERO);
        });
  }

  @Override
  public void onResponse(Call call, Response response) {
    try (response) {
      step(() -> received(response));
    }
  }

  private void received(Response response) {
    int status = response.code();
    switch (status) {
      case 200, 206, 416 -> save(response);
      case 401, 403, 404, 410 -> expired("the link returned " + status);
      default -> {
        String what = "the link returned " + status;
        if (status < 500 && status != 408 && status != 429) throw failure(what, null);
        retry(what, null, RetryAfter.of(response.headers()));
      }
    }
  }

  private void save(Response response) {
    long before = partial.length();
    try {
      partial.append(response, generation.fileSize());
      partial.finish();
    } catch (IncompleteVideoException e) {
      if (partial.length() > before) failures = 0; // attempts count since the last progress
      retry(e.getMessage(), e, Duration.ZERO);
      return;
    } catch (IOException e) {
      throw failure("cannot save " + file + ": " + Failures.describe(e), e);
    }
    VideoGeneration saved = generation;
    Duration elapsed = since(startedAt);
    events.report(
        to -> to.onDownloaded(saved, file, elapsed), "downloaded {0} in {1}", file, elapsed);
    succeed(file);
  }

  /** Another poll brings a fresh link. */
  private void expired(String what) {
    DownloadException failure = failure(what, null);
    if (freshLinks++ == MAX_FRESH_LINKS) throw failure;
    reportRetry(failure);
    HttpCall<VideoGenerationResponse> poll = api.retrieve(generation.id(), ApiHttp.POLL_LIMIT);
    awaiting(poll::cancel);
    poll.send().whenComplete((response, e) -> step(() -> refreshed(response, e)));
  }

  private void refreshed(
      @Nullable ApiResponse<VideoGenerationResponse> response, @Nullable Throwable failure) {
    if (response != null && response.isFinal()) {
      throw failure("no fresh link", ApiExceptions.refused(response, generation, null));
    }
    Optional<VideoGeneration> fresh =
        Optional.ofNullable(response)
            .filter(ApiResponse::isSuccess)
            .flatMap(success -> GenerationReader.polled(success, generation))
            .filter(polled -> polled.videoUrl().isPresent());
    if (fresh.isEmpty()) { // the old link will ask for a fresh one again
      freshLinks--;
      retry("no fresh link", failure, response == null ? Duration.ZERO : response.retryAfter());
      return;
    }
    generation = fresh.get();
    partial.linkChanged();
    fetch();
  }

  private void retry(@Nullable String what, @Nullable Throwable cause, Duration retryAfter) {
    if (isDone()) return;
    DownloadException failure = failure(what, cause);
    if (++failures >= context.config().retryPolicy().maxAttempts()) throw failure;
    reportRetry(failure);
    schedule(this::fetch, backoff(failures, retryAfter));
  }

  private void reportRetry(DownloadException failure) {
    VideoGeneration current = generation;
    events.report(
        to -> to.onDownloadRetry(current, failure), "retrying: {0}", failure.getMessage());
  }

  private DownloadException failure(@Nullable String what, @Nullable Throwable cause) {
    return new DownloadException("generation " + generation.id() + ": " + what, generation, cause);
  }

  @Override
  protected VideoException interruption(String reason, @Nullable Exception cause) {
    return failure("the download ended early: " + reason, cause);
  }

  /** No part is left on disk when the caller learns of the failure. */
  @Override
  protected void fail(Throwable failure) {
    stop();
    boolean ours = failure instanceof DownloadException;
    super.fail(ours ? failure : failure(failure.toString(), failure));
  }

  @Override
  protected void stop() {
    super.stop();
    partial.delete();
  }
}
