package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a client, all daemons, so that a program ends even if it does not close the
 * client. Requests, downloads and the caller's code have threads of their own, so that none of them
 * delays another; one thread keeps the time.
 */
public final class ClientExecutors implements AutoCloseable {
  private static final int MAX_DOWNLOADS = 8;
  private static final int CALLBACK_THREADS = 4;
  private static final int MAX_CALLBACK_THREADS = 10_000;
  private static final int IDLE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, daemons("aiml-video-scheduler"));
  private final Dispatcher requests;
  private final Dispatcher downloads;
  private final ExecutorService ownCallbacks = callbackPool();
  private final Executor callbacks;

  /** Threads for so many requests at once; {@code callbacks} is null for threads of its own. */
  public ClientExecutors(int maxConcurrentRequests, @Nullable Executor callbacks) {
    clock.setRemoveOnCancelPolicy(true);
    requests = dispatcher("aiml-video-http", maxConcurrentRequests);
    downloads = dispatcher("aiml-video-download", MAX_DOWNLOADS);
    this.callbacks = orInline(callbacks == null ? ownCallbacks : callbacks);
  }

  /** A factory of daemon threads with a name. */
  public static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** OkHttp's own pool would start a thread for a call before the last one is free again. */
  private static Dispatcher dispatcher(String name, int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            daemons(name));
    pool.allowCoreThreadTimeOut(true);
    Dispatcher dispatcher = new Dispatcher(pool);
    dispatcher.setMaxRequests(threads);
    dispatcher.setMaxRequestsPerHost(threads);
    return dispatcher;
  }

  /** A few threads, and a spare one for each that waits for a future. */
  private static ExecutorService callbackPool() {
    ForkJoinPool.ForkJoinWorkerThreadFactory named =
        pool -> {
          var thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
          thread.setName("aiml-video-callback");
          return thread;
        };
    return new ForkJoinPool(
        CALLBACK_THREADS,
        named,
        null,
        true,
        CALLBACK_THREADS,
        MAX_CALLBACK_THREADS,
        1,
        null,
        IDLE_SECONDS,
        TimeUnit.SECONDS);
  }

  /**
   * Where an executor rejects a task, or has no memory for a thread, the task runs at once. The
   * ForkJoinPool of JDK 17 may also lose what it accepts while it is shut down.
   */
  private Executor orInline(Executor executor) {
    return task -> {
      FutureTask<?> once = new FutureTask<>(task, null);
      try {
        executor.execute(once);
      } catch (Throwable e) { // not even an Error leaves a future waiting
        once.run();
      }
      if (executor == ownCallbacks && ownCallbacks.isShutdown()) once.run();
    };
  }

  /** The time of these threads. */
  public Scheduler scheduler() {
    return new Scheduler() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public Cancellable schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> scheduled = clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
      }

      @Override
      public Cancellable timeout(Runnable task, Duration limit) {
        return schedule(task, limit);
      }
    };
  }

  /** For steps of operations that follow no response; they may touch a disk. */
  public Executor steps() {
    return requests.executorService();
  }

  /** For requests to the API; what follows a response runs here as well. */
  public Dispatcher requests() {
    return requests;
  }

  /** For downloads. */
  public Dispatcher downloads() {
    return downloads;
  }

  /** For listeners and the caller's futures. */
  public Executor callbacks() {
    return callbacks;
  }

  /** Cancels what is in progress; what follows from that still runs. */
  @Override
  public void close() {
    requests.cancelAll();
    downloads.cancelAll();
    List.of(requests.executorService(), downloads.executorService(), ownCallbacks)
        .forEach(ExecutorService::shutdown);
    clock.shutdownNow();
  }
}
