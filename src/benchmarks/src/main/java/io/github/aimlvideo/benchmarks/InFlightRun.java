package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.peer.Peer;
import io.github.aimlvideo.benchmarks.peer.Peers;
import io.github.aimlvideo.benchmarks.server.Control;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Has many generations in flight, until all have ended: in a cold JVM, or after a warm-up. */
final class InFlightRun {
  private static final Duration GIVE_UP = Duration.ofMinutes(4);

  /** Warm is when the compiler takes less than this share of the time. */
  private static final double LITTLE = 0.1;

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
    Load load = Load.parse(List.of(args).subList(2, args.length));
    warmUp(peer, control, load);
    System.out.println(new InFlightRun(control, load).measure(peer));
    System.exit(0); // some peers leave threads
  }

  private static void warmUp(Peers peer, Control control, Load load) throws Exception {
    var compiler = ManagementFactory.getCompilationMXBean();
    for (int i = 0; i < load.warmUps(); i++) {
      long compiled = compiler.getTotalCompilationTime();
      long begin = System.nanoTime();
      new InFlightRun(control, load.warmUp()).measure(peer);
      double millis = (System.nanoTime() - begin) / 1e6;
      if (compiler.getTotalCompilationTime() - compiled < LITTLE * millis) break;
    }
    Thread.sleep(1000); // until threads have ended
  }

  private JsonObject measure(Peers kind) throws Exception {
    control.reset(load.interval(), load.shortest(), load.longest(), load.isHeld());
    try (Peer peer = kind.factory.connect(control.url(), load.interval())) {
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
    addStats(control.stats());
    return measured;
  }

  private void addStats(JsonObject stats) {
    int noticed = stats.get("noticed").getAsInt();
    measured.addProperty("notEnded", load.size() - noticed + failed.get());
    double cpu = measured.get("cpuSeconds").getAsDouble();
    measured.addProperty("cpuMicrosPerPoll", 1e6 * cpu / stats.get("polls").getAsInt());
    stats.entrySet().forEach(stat -> measured.add(stat.getKey(), stat.getValue()));
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

  /** Measures while all are in flight and have been polled, then releases them. */
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
