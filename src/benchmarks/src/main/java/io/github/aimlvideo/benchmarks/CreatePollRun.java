package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.peer.Peer;
import io.github.aimlvideo.benchmarks.peer.Peers;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Creates and polls as often as each line of standard input says; prints what a pair took. */
final class CreatePollRun {
  private static final int CALLERS = 4;

  private CreatePollRun() {}

  /** Takes the peer and the server. */
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    try (Peer peer = Peers.valueOf(args[0]).factory.connect(args[1], Duration.ofSeconds(1))) {
      for (String line = in.readLine(); line != null; line = in.readLine())
        System.out.println(measure(peer, Integer.parseInt(line)));
    }
    System.exit(0); // some peers leave threads
  }

  private static JsonObject measure(Peer peer, int pairs) throws Exception {
    double cpu = Usage.cpuSeconds();
    long heap = Usage.heapBytes();
    run(peer, pairs);
    JsonObject measured = new JsonObject();
    measured.addProperty("cpuMicros", 1e6 * (Usage.cpuSeconds() - cpu) / pairs);
    // exact only in a JVM that never collects
    measured.addProperty("bytes", (double) (Usage.heapBytes() - heap) / pairs);
    return measured;
  }

  private static void run(Peer peer, int pairs) throws Exception {
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
