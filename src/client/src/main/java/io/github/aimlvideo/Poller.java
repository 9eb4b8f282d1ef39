package io.github.aimlvideo;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Follows generations until they end: one timer for all of them, no thread for each. */
final class Poller {
  final Api api;
  final PollPolicy polls;
  final RetryPolicy retries;
  final Timer timer;
  private final RecentCreates recent;
  private final History history;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Poller(Api api, VideoClientBuilder settings, Timer timer, RecentCreates recent, History history) {
    this.api = api;
    this.polls = settings.pollPolicy;
    this.retries = settings.retryPolicy;
    this.timer = timer;
    this.recent = recent;
    this.history = history;
  }

  /** Follows a generation that was just created; {@code startedAt} is when the create began. */
  Watch followCreated(
      Known created,
      long startedAt,
      Reporter reporter,
      CompletableFuture<VideoGeneration> result,
      Ending ending) {
    Watch watch = new Watch(this, created, startedAt, reporter, result, ending);
    return begin(watch, () -> watch.settleOrPause(Duration.ZERO));
  }

  /** Follows a generation of any age; the first look comes at once. */
  Watch follow(String id, Reporter reporter, CompletableFuture<VideoGeneration> result) {
    Watch watch =
        new Watch(this, known(id), timer.nanoTime(), reporter, result, new Ending(result));
    return begin(watch, watch::look);
  }

  private Known known(String id) {
    return recent
        .find(id)
        .orElseGet(
            () ->
                new Known(
                    VideoGeneration.unseen(id, null), OptionalLong.empty(), history.ofUnknown()));
  }

  private Watch begin(Watch watch, Runnable first) {
    watches.add(watch);
    if (closed) watch.interrupt("the client was closed", null);
    else watch.orFail(first);
    return watch;
  }

  void forget(Watch watch) {
    watches.remove(watch);
  }

  /** Ends every wait with a failure that names its generation. */
  void close() {
    closed = true;
    watches.forEach(watch -> watch.interrupt("the client was closed", null));
  }
}
