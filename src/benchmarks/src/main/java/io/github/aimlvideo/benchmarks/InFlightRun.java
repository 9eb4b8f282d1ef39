package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.peer.Peer;
import io.github.aimlvideo.benchmarks.peer.Peers;
import io.github.aimlvideo.benchmarks.server.Control;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Has many generations in flight at once, until all have ended. */
final class InFlightRun {
  private static final Duration GIVE_UP = Duration.ofMinutes(4);

  private final Control control;
  private final Load load;
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final JsonObject measured = new JsonObject();
  private int threads;

  private InFlightRun(Control control, Load load) {
    this.control = control;
    this.load = load;
  }

  /** Takes the peer, the server, and the load. */
  public static void main(String[] args) throws Exception {
    Peers peer = Peers.valueOf(args[0]);
    Control control = new Control(args[1]);
    Load load = Load.parse(args, 2);
    WarmUp.with(() -> new InFlightRun(control, load.warmUp()).fly(peer), load.warmUps());
    Thread.sleep(1000); // for threads to end
    JsonObject measured = new InFlightRun(control, load).fly(peer);
    System.out.println(measured);
    System.exit(0); // some peers leave threads
  }

  private JsonObject fly(Peers kind) throws Exception {
    control.reset(load.interval(), load.shortest(), load.longest(), load.isHeld());
    try (Peer peer = kind.maker.make(control.url(), load.interval())) {
      ManagementFactory.getThreadMXBean().resetPeakThreadCount();
      long heap = Usage.heldHeapBytes();
      double cpu = Usage.cpuSeconds();
      start(peer);
      if (load.isHeld()) measureHeap(heap);
      waitUntil(() -> ended.get() == load.size());
      measured.addProperty("cpuSeconds", Usage.cpuSeconds() - cpu);
    }
    measured.addProperty("threads", threads);
    measured.addProperty("javaThreads", ManagementFactory.getThreadMXBean().getPeakThreadCount());
    measured.addProperty("failed", failed.get());
    control.stats().entrySet().forEach(stat -> measured.add(stat.getKey(), stat.getValue()));
    return measured;
  }

  private void start(Peer peer) {
    for (int i = 0; i < load.size(); i++) {
      peer.generate()
          .whenComplete(
              (done, failure) -> {
                if (failure != null && failed.getAndIncrement() == 0) failure.printStackTrace();
                ended.incrementAndGet();
              });
    }
  }

  /** While all are in flight and have been polled; none ends before it is released. */
  private void measureHeap(long before) throws Exception {
    long heldUntil = System.nanoTime() + load.held().toNanos();
    waitUntil(() -> System.nanoTime() > heldUntil && areAllCreated());
    measured.addProperty("heap", (double) (Usage.heldHeapBytes() - before) / load.size());
    control.release();
  }

  private boolean areAllCreated() {
    return control.stats().get("created").getAsInt() + failed.get() >= load.size();
  }

  private interface Condition {
    boolean holds();
  }

  private void waitUntil(Condition condition) throws Exception {
    long limit = System.nanoTime() + GIVE_UP.toNanos();
    while (!condition.holds() && System.nanoTime() < limit) {
      threads = Math.max(threads, Usage.threads());
      Thread.sleep(100);
    }
  }
}
