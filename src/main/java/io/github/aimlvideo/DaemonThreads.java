package io.github.aimlvideo;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep a program alive which forgot to close its client. */
record DaemonThreads(String name) implements ThreadFactory {
  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
