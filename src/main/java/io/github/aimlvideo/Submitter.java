package io.github.aimlvideo;

import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/** Starts creates, and ends their waits when the client closes. */
final class Submitter {
  final Api api;
  final LogLookup logs;
  final PollPolicy polls;
  final RetryPolicy retries;
  final Duration lookupTime;
  final Timer timer;
  final Events events;
  final RecentCreates recent;
  private final Set<Submission> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Submitter(
      Api api, VideoClient.Builder settings, Timer timer, Events events, RecentCreates recent) {
    this.api = api;
    this.logs = new LogLookup(api, settings.retryPolicy, timer);
    this.polls = settings.pollPolicy;
    this.retries = settings.retryPolicy;
    this.lookupTime = settings.lookupTime;
    this.timer = timer;
    this.events = events;
    this.recent = recent;
  }

  /**
   * Checks and sends.
   *
   * @throws IllegalArgumentException if the request breaks the contract; nothing is sent
   */
  Submission submit(KlingVideoV1StandardImageToVideoRequest request, String clientRequestId) {
    Rules.check(request);
    Submission submission = new Submission(this, request, ClientRequestId.checked(clientRequestId));
    KlingAdvice.on(request).forEach(events::warned);
    events.creating(request, clientRequestId);
    underWay.add(submission);
    submission.generation.whenComplete((created, failure) -> underWay.remove(submission));
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
