package io.github.aimlvideo;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * The order of the HTTP calls: creates go first, but not two in a row while a look waits, as a
 * thousand creates must not make the looks late. Looks keep their order.
 */
final class Turns {
  private final Executor threads;
  private final Queue<Runnable> creates = new ArrayDeque<>();
  private final Queue<Runnable> looks = new ArrayDeque<>();
  private boolean lookIsNext;

  Turns(Executor threads) {
    this.threads = threads;
  }

  void create(Runnable call) {
    wait(creates, call);
  }

  void look(Runnable call) {
    wait(looks, call);
  }

  private void wait(Queue<Runnable> queue, Runnable call) {
    synchronized (this) {
      queue.add(call);
    }
    threads.execute(this::runNext);
  }

  private void runNext() {
    next().run();
  }

  private synchronized Runnable next() {
    boolean look = creates.isEmpty() || lookIsNext && !looks.isEmpty();
    lookIsNext = !look;
    return (look ? looks : creates).remove();
  }
}
