package io.github.aimlvideo;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import okhttp3.Dispatcher;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a client, all daemons, so that a program ends which forgot to close it. One keeps
 * the time and does nothing else; HTTP calls, downloads, the steps of the engine and the caller's
 * code each have their own, so that none keeps another waiting.
 */
final class Threads implements AutoCloseable {
  private static final int FEWEST_CALLS = 4;
  private static final int DOWNLOADS_AT_ONCE = 8;
  private static final int MOST_STEPS = 8;

  /** Enough for any number of callers' tasks that wait for each other. */
  private static final int MOST_CALLBACKS = 10_000;

  final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, daemons("aiml-video-timer"));

  /** The engine's steps that follow no answer; they may touch a disk, but never the caller. */
  final Executor steps;

  /** Where creates and looks wait for their turns; what follows an answer is done there too. */
  final Turns calls;

  /** The calls that the caller makes with the generated interface, on the threads of the others. */
  final Dispatcher generated;

  final Dispatcher downloads;

  /** Where listeners are told and the caller's futures end. */
  final Executor callbacks;

  private final List<ExecutorService> all;

  /** Threads for so many calls at once; {@code callbacks} is null for threads of its own. */
  Threads(int maxConcurrentRequests, @Nullable Executor callbacks) {
    clock.setRemoveOnCancelPolicy(true);
    Workers http = new Workers("aiml-video-http", FEWEST_CALLS, maxConcurrentRequests, clock);
    Workers engine = new Workers("aiml-video-engine", 1, MOST_STEPS, clock);
    Workers films = new Workers("aiml-video-download", 1, DOWNLOADS_AT_ONCE, clock);
    Workers own = new Workers("aiml-video-callback", 1, MOST_CALLBACKS, clock);
    all = List.of(http, engine, films, own);
    steps = engine;
    calls = new Turns(http);
    generated = dispatcher(http, maxConcurrentRequests);
    downloads = dispatcher(films, DOWNLOADS_AT_ONCE);
    this.callbacks = orHere(callbacks == null ? own : callbacks);
  }

  static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static Dispatcher dispatcher(ExecutorService threads, int atOnce) {
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(atOnce);
    dispatcher.setMaxRequestsPerHost(atOnce);
    return dispatcher;
  }

  /** After the end, whoever brings a task works on it. */
  private static Executor orHere(Executor executor) {
    return task -> {
      try {
        executor.execute(task);
      } catch (RejectedExecutionException e) {
        task.run();
      }
    };
  }

  /** Cancels what is under way; what that brings is still worked on. */
  @Override
  public void close() {
    generated.cancelAll();
    downloads.cancelAll();
    all.forEach(ExecutorService::shutdown);
    clock.shutdownNow();
  }
}
