package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many threads there are, and in which order they take calls. */
class WorkersTest {
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Threads.daemons("clock"));

  @AfterEach
  void close() {
    clock.shutdownNow();
  }

  @Test
  void fewThreadsDoManyShortTasks() throws Exception {
    Workers workers = new Workers("short", 2, 64, clock);
    CountDownLatch done = new CountDownLatch(100_000);

    for (int i = 0; i < 100_000; i++) workers.execute(done::countDown);

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(workers.getLargestPoolSize()).isLessThanOrEqualTo(2);
    workers.shutdown();
  }

  @Test
  void tasksThatWaitForEachOtherGetThreads() throws Exception {
    Workers workers = new Workers("waiting", 1, 1000, clock);
    CountDownLatch all = new CountDownLatch(10);

    for (int i = 0; i < 10; i++) workers.execute(() -> countDownAndAwait(all));

    assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
    workers.shutdown();
  }

  @Test
  void limitHolds() throws Exception {
    Workers workers = new Workers("limited", 1, 3, clock);
    CountDownLatch three = new CountDownLatch(3);
    CountDownLatch release = new CountDownLatch(1);

    for (int i = 0; i < 20; i++) {
      workers.execute(
          () -> {
            three.countDown();
            await(release);
          });
    }

    assertThat(three.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(workers.getPoolSize()).isEqualTo(3);
    release.countDown();
    workers.shutdown();
    assertThat(workers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(workers.getLargestPoolSize()).isEqualTo(3);
  }

  @Test
  void createsGoFirstButNotTwoWhileALookWaits() {
    List<String> order = new ArrayList<>();
    BlockingQueue<Runnable> threads = new ArrayBlockingQueue<>(10);
    Turns turns = new Turns(threads::add);

    turns.look(() -> order.add("look 1"));
    turns.look(() -> order.add("look 2"));
    for (int i = 1; i <= 4; i++) {
      String create = "create " + i;
      turns.create(() -> order.add(create));
    }
    threads.forEach(Runnable::run);

    assertThat(order)
        .containsExactly("create 1", "look 1", "create 2", "look 2", "create 3", "create 4");
  }

  private static void countDownAndAwait(CountDownLatch latch) {
    latch.countDown();
    await(latch);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
