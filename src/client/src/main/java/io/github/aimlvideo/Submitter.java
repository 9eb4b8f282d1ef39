package io.github.aimlvideo;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Starts creates, and ends their waits when the client closes. */
final class Submitter {
  final Api api;
  final LogLookup logs;
  final PollPolicy polls;
  final RetryPolicy retries;
  final Duration recoveryTimeout;
  final Timer timer;
  final Executor steps;
  final RecentCreates recent;
  private final History history;
  private final Set<Submission> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Submitter(
      Api api, VideoClientBuilder settings, Timer timer, RecentCreates recent, History history) {
    this.api = api;
    this.logs = new LogLookup(api, settings.retryPolicy, timer);
    this.polls = settings.pollPolicy;
    this.retries = settings.retryPolicy;
    this.recoveryTimeout = settings.recoveryTimeout;
    this.timer = timer;
    this.steps = api.steps();
    this.recent = recent;
    this.history = history;
  }

  /**
   * Checks the request and sends it.
   *
   * @throws IllegalArgumentException if the request breaks the contract; nothing is sent
   */
  Submission submit(VideoRequest request, String clientRequestId, Reporter reporter) {
    Rules.check(request);
    Submission submission =
        new Submission(this, request, clientRequestId, history.of(request), reporter);
    KlingRequestChecks.on(request).forEach(reporter::warned);
    reporter.creating(request, clientRequestId);
    underWay.add(submission);
    submission.created.whenComplete((known, failure) -> underWay.remove(submission));
    try {
      if (closed) submission.interrupt("the client was closed", null);
      else submission.send();
    } catch (RejectedExecutionException e) {
      submission.interrupt("the client was closed", e);
    } catch (RuntimeException unsent) { // a picture that cannot be read
      underWay.remove(submission);
      throw unsent;
    }
    return submission;
  }

  void close() {
    closed = true;
    underWay.forEach(submission -> submission.interrupt("the client was closed", null));
    logs.close();
  }
}
