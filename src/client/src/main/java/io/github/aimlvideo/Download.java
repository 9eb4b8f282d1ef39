package io.github.aimlvideo;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One video on its way to disk: tried again after a break, from where it broke where the server can
 * do that, and with a fresh link when the old one is dead.
 */
final class Download implements Callback {
  private static final int FRESH_LINKS = 2;
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  /** Done when nothing but the result, if any, is left on disk. */
  final CompletableFuture<Path> done = new CompletableFuture<>();

  private final Downloader with;
  private final PartFile part;
  private final Path file;
  private final Reporter reporter;
  private final long startedAt;
  private volatile VideoGeneration generation;
  private volatile Runnable stop = () -> {};
  private volatile Silence silence;
  private int failures;
  private int freshLinks;

  Download(Downloader with, VideoGeneration generation, Path file, Reporter reporter) {
    this.with = with;
    this.generation = generation;
    this.file = file;
    this.reporter = reporter;
    this.startedAt = with.timer.nanoTime();
    this.silence = new Silence(LONGEST_SILENCE, with.timer);
    this.part = new PartFile(file, with.limit, with.api.steps());
    done.whenComplete((path, failure) -> cleanUp()); // it may be cancelled
  }

  private void cleanUp() {
    stop.run();
    part.delete();
  }

  /** Nothing is left when the future ends. */
  private void fail(DownloadException failure) {
    cleanUp();
    end(null, failure);
  }

  private void end(@Nullable Path saved, @Nullable DownloadException failure) {
    with.forget(this);
    reporter.end(done, saved, failure);
  }

  DownloadException interrupt(String why, @Nullable Exception cause) {
    DownloadException interruption = failure("the download ended early, " + why, cause);
    cleanUp();
    if (done.completeExceptionally(interruption)) reporter.failed(interruption);
    return interruption;
  }

  void fetch() {
    orFail(
        () -> {
          if (done.isDone()) return;
          silence = new Silence(LONGEST_SILENCE, with.timer);
          Call call = with.call(link(), part.request(), silence);
          stopWith(call::cancel);
          call.enqueue(this);
        });
  }

  private HttpUrl link() {
    String link = generation.videoUrl().orElseThrow(() -> failure("there is no video yet", null));
    HttpUrl url = HttpUrl.parse(link);
    if (url == null) throw failure("the link is no http(s) URL: " + link, null);
    return url;
  }

  @Override
  public void onFailure(Call call, IOException e) {
    silence.end();
    String what = "the video cannot be fetched: " + ApiException.reason(e);
    orFail(() -> fetchAgain(what, e, Duration.ZERO));
  }

  @Override
  public void onResponse(Call call, Response response) {
    Silence listening = silence; // what follows may begin another
    orFail(
        () -> {
          try (response) {
            answered(response);
          } finally {
            listening.end();
          }
        });
  }

  private void answered(Response response) {
    int status = response.code();
    switch (status) {
      case 401, 403, 404, 410:
        DownloadException dead = failure("the link was answered with " + status, null);
        if (freshLinks++ == FRESH_LINKS) throw dead;
        reporter.downloadFailed(generation, dead);
        refresh();
        return;
      case 200, 206, 416:
        save(response);
        return;
      default:
        String what = "the link was answered with " + status;
        if (status < 500 && status != 408 && status != 429) throw failure(what, null);
        fetchAgain(what, null, RetryAfter.of(response.headers()));
    }
  }

  private void save(Response response) {
    try {
      part.append(response, silence::isBroken);
      part.finish();
    } catch (PartFile.BrokenException e) {
      fetchAgain(e.getMessage(), e, Duration.ZERO);
      return;
    } catch (IOException e) {
      throw failure("cannot save " + file + ": " + ApiException.reason(e), e);
    }
    Duration took = Duration.ofNanos(with.timer.nanoTime() - startedAt);
    reporter.downloaded(generation, file, took);
    end(file, null);
  }

  /** The old link has expired; another look brings a new one. */
  private void refresh() {
    Exchange look = with.api.retrieve(generation.id(), LOOK);
    stopWith(look::cancel);
    look.answer.whenComplete((answer, failure) -> orFail(() -> refreshed(answer, failure)));
  }

  private void refreshed(@Nullable HttpAnswer answer, @Nullable Throwable failure) {
    if (answer != null && answer.isFinal()) {
      throw failure("no fresh link", ApiException.refused(answer, generation, null));
    }
    Optional<VideoGeneration> fresh = answer == null ? Optional.empty() : linked(answer);
    if (fresh.isEmpty()) { // the old link will ask for a fresh one again
      freshLinks--;
      Duration atLeast = answer == null ? Duration.ZERO : RetryAfter.of(answer.headers());
      fetchAgain("no fresh link", failure, atLeast);
      return;
    }
    generation = fresh.get();
    part.linkChanged();
    fetch();
  }

  /** The generation as the answer has it, if it has a link. */
  private Optional<VideoGeneration> linked(HttpAnswer answer) {
    try {
      if (!answer.isSuccess()) return Optional.empty();
      return Optional.of(generation.looked(answer)).filter(seen -> seen.videoUrl().isPresent());
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  private void fetchAgain(@Nullable String what, @Nullable Throwable cause, Duration atLeast) {
    if (done.isDone()) return;
    DownloadException failed = failure(what, cause);
    if (++failures >= with.retries.maxAttempts()) throw failed;
    reporter.downloadFailed(generation, failed);
    Duration backoff = with.retries.delay(failures, ThreadLocalRandom.current().nextDouble());
    stopWith(with.timer.schedule(this::fetch, Durations.longer(backoff, atLeast))::cancel);
  }

  private DownloadException failure(@Nullable String what, @Nullable Throwable cause) {
    return new DownloadException("generation " + generation.id() + ": " + what, generation, cause);
  }

  private void stopWith(Runnable stop) {
    this.stop = stop;
    if (done.isDone()) stop.run();
  }

  private void orFail(Runnable step) {
    try {
      step.run();
    } catch (DownloadException e) {
      fail(e);
    } catch (RejectedExecutionException e) {
      interrupt("the client was closed", e);
    } catch (Throwable e) { // an Error too must not leave anybody waiting
      fail(failure(e.toString(), e));
    }
  }
}
