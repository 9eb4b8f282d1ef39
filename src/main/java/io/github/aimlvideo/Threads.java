package io.github.aimlvideo;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;

/**
 * The threads of a client, all daemons, so that a program ends which forgot to close it. HTTP
 * calls, downloads and what is done with their answers each have their own, so that none keeps
 * another waiting: a listener may block, and a download may take its time.
 */
final class Threads implements AutoCloseable {
  private static final int CALLS_AT_ONCE = 32;
  private static final int DOWNLOADS_AT_ONCE = 8;

  final Dispatcher calls = dispatcher(CALLS_AT_ONCE, "aiml-video-http");
  final Dispatcher downloads = dispatcher(DOWNLOADS_AT_ONCE, "aiml-video-download");

  /** Where answers are worked on, listeners told and futures completed. */
  final ExecutorService callbacks =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          daemons("aiml-video-callback"),
          (late, pool) -> late.run()); // after the end, whoever brings it works on it

  static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static Dispatcher dispatcher(int atOnce, String name) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            atOnce, atOnce, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
    threads.allowCoreThreadTimeOut(true);
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(atOnce);
    dispatcher.setMaxRequestsPerHost(atOnce);
    return dispatcher;
  }

  /** Cancels what is under way; what that brings is still worked on. */
  @Override
  public void close() {
    for (Dispatcher dispatcher : new Dispatcher[] {calls, downloads}) {
      dispatcher.cancelAll();
      dispatcher.executorService().shutdown();
    }
    callbacks.shutdown();
  }
}
