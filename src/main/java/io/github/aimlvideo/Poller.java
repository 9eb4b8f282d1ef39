package io.github.aimlvideo;

import com.google.gson.JsonParseException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at generations until they end or their deadline comes: one timer for all of them, no thread
 * for each.
 */
final class Poller {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

  /** What the look at the deadline may take beyond it. */
  private static final Duration LAST_LOOK = Duration.ofSeconds(1);

  /** A generation that was just created can be unknown to the server for a while. */
  private static final Duration UNKNOWN_AT_FIRST = Duration.ofMinutes(1);

  private final Api api;
  private final PollPolicy policy;
  private final Timer timer;
  private final Events events;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Poller(Api api, PollPolicy policy, Timer timer, Events events) {
    this.api = api;
    this.policy = policy;
    this.timer = timer;
    this.events = events;
  }

  /**
   * Follows a generation whose create began at {@code startedAt}; the first look comes after one
   * interval.
   */
  Watch followCreated(
      VideoGeneration created, long startedAt, CompletableFuture<VideoGeneration> result) {
    Watch watch = new Watch(created, startedAt, UNKNOWN_AT_FIRST, result);
    watch.begin(watch::settleOrPause);
    return watch;
  }

  /** Follows a generation of any age; the first look comes at once. */
  Watch follow(String id, CompletableFuture<VideoGeneration> result) {
    Watch watch = new Watch(VideoGeneration.unseen(id), timer.nanoTime(), Duration.ZERO, result);
    watch.begin(watch::look);
    return watch;
  }

  /** Ends every wait with a failure that names its generation. */
  void close() {
    closed = true;
    watches.forEach(watch -> watch.interrupt("the client was closed", null));
  }

  /** One generation that is followed, until {@code result} is done, by whomever. */
  final class Watch {
    private final long startedAt;
    private final Duration unknownAtFirst;
    private final CompletableFuture<VideoGeneration> result;
    private volatile VideoGeneration generation;
    private volatile Exception lastFailure;
    private volatile Runnable stop = () -> {};

    Watch(
        VideoGeneration generation,
        long startedAt,
        Duration unknownAtFirst,
        CompletableFuture<VideoGeneration> result) {
      this.generation = generation;
      this.startedAt = startedAt;
      this.unknownAtFirst = unknownAtFirst;
      this.result = result;
    }

    void begin(Runnable first) {
      watches.add(this);
      result.whenComplete(
          (done, failure) -> {
            watches.remove(this);
            stop.run();
          });
      if (closed) interrupt("the client was closed", null);
      else first.run();
    }

    GenerationInterruptedException interrupt(String why, Exception cause) {
      var interruption = new GenerationInterruptedException(generation, why, cause);
      result.completeExceptionally(interruption);
      return interruption;
    }

    private void look() {
      if (result.isDone()) return;
      Duration remaining = remaining();
      Duration timeout = remaining.compareTo(LAST_LOOK) < 0 ? LAST_LOOK : remaining;
      Exchange exchange =
          api.retrieve(
              generation.id(), timeout.compareTo(LONGEST_LOOK) < 0 ? timeout : LONGEST_LOOK);
      stopWith(exchange::cancel);
      exchange.answer.whenComplete(this::answered);
    }

    private void answered(HttpAnswer answer, Throwable failure) {
      if (result.isDone()) return;
      try {
        if (failure != null) retry((Exception) failure);
        else if (answer.isSuccess()) understand(answer);
        else refused(answer);
      } catch (RuntimeException e) {
        result.completeExceptionally(e);
      }
    }

    private void understand(HttpAnswer answer) {
      VideoGeneration now;
      try {
        now = generation.looked(answer);
      } catch (JsonParseException e) {
        retry(e);
        return;
      }
      VideoGeneration before = generation;
      generation = now;
      lastFailure = null;
      events.polled(before, now);
      settleOrPause();
    }

    /** 408, 429 and 5xx pass; the rest will not change by asking again. */
    private void refused(HttpAnswer answer) {
      int status = answer.status();
      boolean notYet = status == 404 && elapsed().compareTo(unknownAtFirst) < 0;
      ApiException refusal = ApiException.refused(answer, generation, null);
      if (status == 408 || status == 429 || status >= 500 || notYet) retry(refusal);
      else result.completeExceptionally(refusal);
    }

    private void retry(Exception failure) {
      lastFailure = failure;
      events.pollFailed(generation.id(), failure);
      pause();
    }

    void settleOrPause() {
      if (generation.isFailed())
        result.completeExceptionally(new GenerationFailedException(generation));
      else if (generation.isCompleted() && generation.videoUrl().isPresent())
        result.complete(generation);
      else pause();
    }

    /** The last pause ends at the deadline, with one more look. */
    private void pause() {
      Duration remaining = remaining();
      if (remaining.isZero() || remaining.isNegative()) {
        result.completeExceptionally(
            new GenerationTimeoutException(generation, policy.deadline(), lastFailure));
        return;
      }
      Duration interval = policy.interval();
      stopWith(
          timer.schedule(this::look, remaining.compareTo(interval) < 0 ? remaining : interval)
              ::cancel);
    }

    private void stopWith(Runnable stop) {
      this.stop = stop;
      if (result.isDone()) stop.run();
    }

    private Duration elapsed() {
      return Duration.ofNanos(timer.nanoTime() - startedAt);
    }

    private Duration remaining() {
      return policy.deadline().minus(elapsed());
    }
  }
}
