package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.peer.Peer;
import io.github.aimlvideo.benchmarks.peer.Peers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Creates and polls many times, a few callers at once, and tells what one pair took. */
final class CreatePollRun {
  private static final int CALLERS = 4;
  private static final int FIRST = 5_000;

  private CreatePollRun() {}

  /**
   * Takes the peer, the server, how often to warm up at most, and how many pairs to measure then.
   */
  public static void main(String[] args) throws Exception {
    int pairs = Integer.parseInt(args[3]);
    JsonObject measured = new JsonObject();
    try (Peer peer = Peers.valueOf(args[0]).maker.make(args[1], Duration.ofSeconds(1))) {
      measured.addProperty("coldMicros", cpuMicros(peer, FIRST));
      WarmUp.with(() -> repeat(peer, FIRST), Integer.parseInt(args[2]));
      long heap = Usage.heapBytes();
      measured.addProperty("cpuMicros", cpuMicros(peer, pairs));
      // exact where nothing is ever collected, see the row
      measured.addProperty("bytes", (double) (Usage.heapBytes() - heap) / pairs);
    }
    System.out.println(measured);
    System.exit(0); // some peers leave threads
  }

  private static double cpuMicros(Peer peer, int pairs) throws Exception {
    double before = Usage.cpuSeconds();
    repeat(peer, pairs);
    return 1e6 * (Usage.cpuSeconds() - before) / pairs;
  }

  private static void repeat(Peer peer, int pairs) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    Callable<Void> share =
        () -> {
          for (int i = 0; i < pairs / CALLERS; i++) peer.createAndPoll();
          return null;
        };
    List<Future<Void>> shares = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) shares.add(callers.submit(share));
    for (Future<Void> done : shares) done.get();
    callers.shutdown();
  }
}
