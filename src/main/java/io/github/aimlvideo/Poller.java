package io.github.aimlvideo;

import io.github.aimlvideo.RecentCreates.Created;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Follows generations until they end: one timer for all of them, no thread for each. */
final class Poller {
  final Api api;
  final PollPolicy polls;
  final RetryPolicy retries;
  final Timer timer;
  final Events events;
  private final RecentCreates recent;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Poller(Api api, VideoClient.Builder settings, Timer timer, Events events, RecentCreates recent) {
    this.api = api;
    this.polls = settings.pollPolicy;
    this.retries = settings.retryPolicy;
    this.timer = timer;
    this.events = events;
    this.recent = recent;
  }

  /** Follows a generation that was just created; the first look comes after one interval. */
  Watch followCreated(Created created, CompletableFuture<VideoGeneration> result) {
    Watch watch =
        new Watch(this, created.generation(), Optional.of(created.at()), created.at(), result);
    return begin(watch, watch::settleOrPause);
  }

  /** Follows a generation of any age; the first look comes at once. */
  Watch follow(String id, CompletableFuture<VideoGeneration> result) {
    Optional<Created> created = recent.find(id);
    VideoGeneration known =
        created.map(Created::generation).orElseGet(() -> VideoGeneration.unseen(id, null));
    Watch watch = new Watch(this, known, created.map(Created::at), timer.nanoTime(), result);
    return begin(watch, watch::look);
  }

  private Watch begin(Watch watch, Runnable first) {
    watches.add(watch);
    watch.result.whenComplete((done, failure) -> watches.remove(watch));
    if (closed) watch.interrupt("the client was closed", null);
    else watch.orFail(first);
    return watch;
  }

  /** Ends every wait with a failure that names its generation. */
  void close() {
    closed = true;
    watches.forEach(watch -> watch.interrupt("the client was closed", null));
  }
}
