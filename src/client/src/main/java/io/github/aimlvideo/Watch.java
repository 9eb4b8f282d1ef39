package io.github.aimlvideo;

import com.google.gson.JsonParseException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** One generation that is followed, until {@code result} is done, by whomever. */
final class Watch {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

  /** What the look at the deadline may take beyond it. */
  private static final Duration LAST_LOOK = Duration.ofMillis(800);

  /** A generation that was just created can be unknown to the server for a while. */
  private static final Duration UNKNOWN_AT_FIRST = Duration.ofMinutes(1);

  private final CompletableFuture<VideoGeneration> result;
  private final Ending ending;
  private final Poller with;
  private final Reporter reporter;
  private final Pace pace;
  private final OptionalLong createdAt;
  private final long startedAt;
  private volatile VideoGeneration generation;
  private volatile @Nullable Exception lastFailure;
  private int failures;

  /** Follows it from {@code startedAt} on, as far as the deadline is concerned. */
  Watch(
      Poller with,
      Known known,
      long startedAt,
      Reporter reporter,
      CompletableFuture<VideoGeneration> result,
      Ending ending) {
    this.with = with;
    this.generation = known.generation();
    this.createdAt = known.createdAt();
    this.startedAt = startedAt;
    this.reporter = reporter;
    this.result = result;
    this.ending = ending;
    pace = new Pace(with.polls, known, with.timer.nanoTime());
  }

  GenerationInterruptedException interrupt(String why, @Nullable Exception cause) {
    var interruption = new GenerationInterruptedException(generation, why, cause);
    if (lastFailure != null) interruption.addSuppressed(lastFailure);
    if (result.completeExceptionally(interruption)) reporter.failed(interruption);
    return interruption;
  }

  void look() {
    orFail(
        () -> {
          if (result.isDone()) return;
          pace.looking(with.timer.nanoTime());
          Duration limit =
              Durations.shorter(LONGEST_LOOK, Durations.longer(LAST_LOOK, remaining()));
          Exchange exchange = with.api.retrieve(generation.id(), limit);
          stopWith(exchange::cancel);
          exchange.answer.whenComplete(
              (answer, failure) -> orFail(() -> answered(answer, failure)));
        });
  }

  private void answered(@Nullable HttpAnswer answer, @Nullable Throwable failure) {
    if (result.isDone()) return;
    if (failure instanceof Exception e) lookAgain(e, Duration.ZERO);
    else if (answer == null) end(null, failure);
    else if (!answer.isSuccess()) refused(answer);
    else if (answer.failure() != null) lookAgain(answer.failure(), Duration.ZERO);
    else understand(answer);
  }

  private void understand(HttpAnswer answer) {
    VideoGeneration before = generation;
    try {
      generation = before.looked(answer);
    } catch (JsonParseException e) {
      lookAgain(ApiException.unreadable(answer, before, e), Duration.ZERO);
      return;
    }
    failures = 0;
    lastFailure = null;
    reporter.polled(before, generation);
    settleOrPause(RetryAfter.of(answer.headers()));
  }

  /** Only what will not change by asking again is the end. */
  private void refused(HttpAnswer answer) {
    ApiException refusal = ApiException.refused(answer, generation, null);
    boolean notYet = answer.status() == 404 && isNew();
    if (answer.isFinal() && !notYet) throw refusal;
    lookAgain(refusal, RetryAfter.of(answer.headers()));
  }

  private void lookAgain(Exception failure, Duration atLeast) {
    failures++;
    lastFailure = failure;
    reporter.pollFailed(generation.id(), failure);
    Duration backoff = with.retries.delay(failures, ThreadLocalRandom.current().nextDouble());
    pause(Durations.longer(backoff, atLeast));
  }

  void settleOrPause(Duration atLeast) {
    if (generation.isFailed()) {
      reporter.finished(generation);
      throw new GenerationFailedException(generation);
    }
    if (generation.isCompleted() && generation.videoUrl().map(HttpUrl::parse).isPresent()) {
      pace.seenCompleted();
      reporter.finished(generation);
      end(generation, null);
    } else {
      pace.seenRunning();
      pause(atLeast);
    }
  }

  /** The last pause ends at the deadline, with one more look. */
  private void pause(Duration atLeast) {
    Duration remaining = remaining();
    if (!Durations.isPositive(remaining)) {
      throw new GenerationTimeoutException(generation, with.polls.timeout(), lastFailure);
    }
    Duration wanted = Durations.longer(pace.untilNext(with.timer.nanoTime()), atLeast);
    Duration pause = Durations.shorter(wanted, remaining);
    reporter.waiting(generation, pause, pace.expected());
    stopWith(with.timer.schedule(this::look, pause)::cancel);
  }

  private void stopWith(Runnable stop) {
    ending.stops(
        () -> {
          stop.run();
          with.forget(this);
        });
  }

  private void end(@Nullable VideoGeneration completed, @Nullable Throwable failure) {
    with.forget(this);
    reporter.end(result, completed, failure);
  }

  void orFail(Runnable step) {
    try {
      step.run();
    } catch (RejectedExecutionException e) {
      interrupt("the client was closed", e);
    } catch (Throwable e) { // an Error too must not leave anybody waiting
      end(null, e);
    }
  }

  private boolean isNew() {
    return createdAt.isPresent() && since(createdAt.getAsLong()).compareTo(UNKNOWN_AT_FIRST) < 0;
  }

  private Duration remaining() {
    return with.polls.timeout().minus(since(startedAt));
  }

  private Duration since(long moment) {
    return Duration.ofNanos(with.timer.nanoTime() - moment);
  }
}
