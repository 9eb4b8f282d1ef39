package io.github.aimlvideo.internal.poll;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.internal.core.Durations;
import io.github.aimlvideo.internal.core.EventDispatcher;
import io.github.aimlvideo.internal.core.Failures;
import io.github.aimlvideo.internal.core.Operation;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.core.TrackedGeneration;
import io.github.aimlvideo.internal.http.ApiExceptions;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.http.ApiResponse;
import io.github.aimlvideo.internal.http.GenerationReader;
import io.github.aimlvideo.internal.http.HttpCall;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** One generation that is polled until it has ended: no thread for it, one scheduler for all. */
public final class PollOperation extends Operation<VideoGeneration> {
  /** The poll at the deadline may take longer than that by this. */
  private static final Duration LAST_POLL = Duration.ofMillis(800);

  /** The server may not know a generation that was just created. */
  private static final Duration NOT_FOUND_AT_FIRST = Duration.ofMinutes(1);

  /** So long after the deadline a step runs only if the process was frozen meanwhile. */
  private static final Duration FROZEN = Duration.ofSeconds(5);

  /** A link that cannot be used may be replaced within this. */
  private static final Duration UNUSABLE_LINK = Duration.ofMinutes(1);

  private final ApiHttp api;
  private final PollSchedule schedule;
  private final long startedAt;
  private final boolean justCreated;
  private volatile VideoGeneration generation;
  private volatile @Nullable Exception lastFailure;
  private int failures;
  private boolean isReached;

  /** After the start. */
  private Duration deadline;

  private @Nullable Duration unusableLinkSince;
  private boolean isLastPoll;

  /**
   * Polls a generation; the timeout counts from {@code startedAt}.
   *
   * @param justCreated whether the response to its create is the last one
   */
  public PollOperation(
      OperationContext context,
      EventDispatcher events,
      ApiHttp api,
      TrackedGeneration tracked,
      long startedAt,
      boolean justCreated,
      CompletableFuture<VideoGeneration> result) {
    super(context, events, result);
    this.api = api;
    this.generation = tracked.generation();
    this.startedAt = startedAt;
    this.justCreated = justCreated;
    this.isReached = justCreated;
    this.deadline = timeout();
    this.schedule = new PollSchedule(context.pollPolicy(), tracked, nanoTime());
  }

  @Override
  protected void begin() {
    if (justCreated) settle(Duration.ZERO);
    else poll();
  }

  private void poll() {
    if (isDone()) return;
    thaw();
    schedule.polling(nanoTime());
    isLastPoll = since(startedAt).compareTo(timeout()) >= 0;
    Duration limit = Durations.min(ApiHttp.POLL_LIMIT, Durations.max(LAST_POLL, remaining()));
    HttpCall<VideoGenerationResponse> call = api.retrieve(generation.id(), limit);
    awaiting(call::cancel);
    call.send().whenComplete((response, failure) -> step(() -> received(response, failure)));
  }

  private void received(
      @Nullable ApiResponse<VideoGenerationResponse> response, @Nullable Throwable failure) {
    if (isDone()) return;
    thaw();
    if (response != null) isReached = true;
    if (failure instanceof Exception e) failed(e);
    else if (response == null) fail(Objects.requireNonNull(failure, "no response"));
    else if (!response.isSuccess()) refused(response);
    else read(response);
  }

  /** Polls that were answered before are likely to be answered again. */
  private void failed(Exception failure) {
    if (Failures.isLasting(failure) && !isReached) {
      throw ApiExceptions.failed("the poll", generation, null, failure);
    }
    retry(failure, Duration.ZERO);
  }

  private void read(ApiResponse<VideoGenerationResponse> response) {
    VideoGeneration before = generation;
    Optional<VideoGeneration> polled = GenerationReader.polled(response, before);
    if (polled.isEmpty()) {
      retry(ApiExceptions.unreadable(response, before, null), Duration.ZERO);
      return;
    }
    VideoGeneration now = polled.get();
    generation = now;
    failures = 0;
    lastFailure = null;
    deadline = timeout();
    events.report(to -> to.onPolled(now), "polled {0}", now);
    if (!now.status().equals(before.status())) {
      events.report(to -> to.onStatusChanged(now), "status {0}", now.status());
    }
    settle(response.retryAfter());
  }

  /** Only a response that would not change ends the operation. */
  private void refused(ApiResponse<VideoGenerationResponse> response) {
    ApiException refusal = ApiExceptions.refused(response, generation, null);
    boolean notYet =
        response.status() == 404 && schedule.isYoungerThan(NOT_FOUND_AT_FIRST, nanoTime());
    if (response.isFinal() && !notYet) throw refusal;
    retry(refusal, response.retryAfter());
  }

  private void retry(Exception failure, Duration retryAfter) {
    failures++;
    lastFailure = failure;
    String id = generation.id();
    events.report(to -> to.onPollRetry(id, failure), "retrying poll of {0}: {1}", id, failure);
    pause(backoff(failures, retryAfter));
  }

  private void settle(Duration retryAfter) {
    if (generation.isFailed()) {
      reportEnd(generation);
      throw new GenerationFailedException(generation);
    }
    Optional<String> link = generation.videoUrl().filter(url -> generation.isCompleted());
    if (link.map(HttpUrl::parse).isPresent()) {
      schedule.seenCompleted();
      reportEnd(generation);
      succeed(generation);
    } else {
      schedule.seenRunning();
      if (link.isEmpty()) unusableLinkSince = null;
      else if (unusableLinkSince == null) unusableLinkSince = since(startedAt);
      pause(retryAfter);
    }
  }

  private void reportEnd(VideoGeneration ended) {
    events.report(to -> to.onEnded(ended), "ended {0}", ended);
  }

  /** The last pause ends at the deadline, with one more poll. */
  private void pause(Duration atLeast) {
    VideoGeneration seen = generation;
    Duration remaining = remaining();
    if (remaining.isZero() && unusableLinkSince != null) throw unusableLink(seen);
    if (remaining.isZero() && isLastPoll) {
      throw new GenerationTimeoutException(seen, timeout(), lastFailure);
    }
    Duration delay = Durations.min(Durations.max(schedule.delay(nanoTime()), atLeast), remaining);
    Duration expected = schedule.expected();
    events.report(
        to -> to.onPollScheduled(seen, delay, expected),
        "next poll of {0} in {1}",
        seen.id(),
        delay);
    schedule(this::poll, delay);
  }

  @Override
  protected VideoException interruption(String reason, @Nullable Exception cause) {
    var interruption = new GenerationInterruptedException(generation, reason, cause);
    Exception last = lastFailure;
    if (last != null) interruption.addSuppressed(last);
    return interruption;
  }

  @Override
  public VideoException timedOut(Duration timeout) {
    return new GenerationTimeoutException(generation, timeout, lastFailure);
  }

  private static DownloadException unusableLink(VideoGeneration completed) {
    String link = Failures.shortened(completed.videoUrl().orElse(""));
    return new DownloadException(
        "generation "
            + completed.id()
            + " is completed, but its link is not an http(s) URL: "
            + link,
        completed,
        null);
  }

  /** After a laptop's sleep, for instance, the network may need some time for another poll. */
  private void thaw() {
    Duration elapsed = since(startedAt);
    if (elapsed.minus(deadline).compareTo(FROZEN) > 0) deadline = elapsed.plus(ApiHttp.POLL_LIMIT);
  }

  private Duration timeout() {
    return context.pollPolicy().timeout();
  }

  private Duration remaining() {
    Duration end = deadline;
    if (unusableLinkSince != null) {
      end = Durations.min(end, unusableLinkSince.plus(UNUSABLE_LINK));
    }
    return Durations.notNegative(end.minus(since(startedAt)));
  }
}
