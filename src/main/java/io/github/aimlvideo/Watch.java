package io.github.aimlvideo;

import com.google.gson.JsonParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.HttpUrl;

/** One generation that is followed, until {@code result} is done, by whomever. */
final class Watch {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

  /** What the look at the deadline may take beyond it. */
  private static final Duration LAST_LOOK = Duration.ofMillis(800);

  /** A generation that was just created can be unknown to the server for a while. */
  private static final Duration UNKNOWN_AT_FIRST = Duration.ofMinutes(1);

  final CompletableFuture<VideoGeneration> result;
  private final Poller with;
  private final long startedAt;
  private final Optional<Long> createdAt;
  private volatile VideoGeneration generation;
  private volatile Exception lastFailure;
  private volatile Runnable stop = () -> {};
  private int failures;

  /** Follows from {@code startedAt} on; {@code createdAt} is known for creates of this client. */
  Watch(
      Poller with,
      VideoGeneration generation,
      Optional<Long> createdAt,
      long startedAt,
      CompletableFuture<VideoGeneration> result) {
    this.with = with;
    this.generation = generation;
    this.createdAt = createdAt;
    this.startedAt = startedAt;
    this.result = result;
    result.whenComplete((done, failure) -> stop.run());
  }

  GenerationInterruptedException interrupt(String why, Exception cause) {
    var interruption = new GenerationInterruptedException(generation, why, cause);
    if (lastFailure != null) interruption.addSuppressed(lastFailure);
    result.completeExceptionally(interruption);
    return interruption;
  }

  void look() {
    orFail(
        () -> {
          if (result.isDone()) return;
          Duration limit =
              Durations.shorter(LONGEST_LOOK, Durations.longer(LAST_LOOK, remaining()));
          Exchange exchange = with.api.retrieve(generation.id(), limit);
          stopWith(exchange::cancel);
          exchange.answer.whenComplete(
              (answer, failure) -> orFail(() -> answered(answer, failure)));
        });
  }

  private void answered(HttpAnswer answer, Throwable failure) {
    if (result.isDone()) return;
    if (failure instanceof Exception e) lookAgain(e, Duration.ZERO);
    else if (failure != null) result.completeExceptionally(failure);
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
    with.events.polled(before, generation);
    settleOrPause();
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
    with.events.pollFailed(generation.id(), failure);
    Duration backoff = with.retries.delay(failures, ThreadLocalRandom.current().nextDouble());
    pause(Durations.longer(with.polls.interval(), Durations.longer(backoff, atLeast)));
  }

  void settleOrPause() {
    if (generation.isFailed()) throw new GenerationFailedException(generation);
    if (generation.isCompleted() && generation.videoUrl().map(HttpUrl::parse).isPresent()) {
      result.complete(generation);
    } else {
      pause(with.polls.interval());
    }
  }

  /** The last pause ends at the deadline, with one more look. */
  private void pause(Duration pause) {
    Duration remaining = remaining();
    if (!Durations.isPositive(remaining)) {
      throw new GenerationTimeoutException(generation, with.polls.deadline(), lastFailure);
    }
    stopWith(with.timer.schedule(this::look, Durations.shorter(pause, remaining))::cancel);
  }

  private void stopWith(Runnable stop) {
    this.stop = stop;
    if (result.isDone()) stop.run();
  }

  void orFail(Runnable step) {
    try {
      step.run();
    } catch (RejectedExecutionException e) {
      interrupt("the client was closed", e);
    } catch (Throwable e) { // an Error too must not leave anybody waiting
      result.completeExceptionally(e);
    }
  }

  private boolean isNew() {
    return createdAt.isPresent() && since(createdAt.get()).compareTo(UNKNOWN_AT_FIRST) < 0;
  }

  private Duration remaining() {
    return with.polls.deadline().minus(since(startedAt));
  }

  private Duration since(long moment) {
    return Duration.ofNanos(with.timer.nanoTime() - moment);
  }
}
