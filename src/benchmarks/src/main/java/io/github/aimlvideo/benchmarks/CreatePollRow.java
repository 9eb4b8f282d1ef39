package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.peer.Peers;
import io.github.aimlvideo.benchmarks.report.Samples;
import io.github.aimlvideo.benchmarks.server.LocalServer;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU and allocated bytes of one create and one poll. In each round all peers start fresh JVMs,
 * which take turns: the noise of the machine then affects all peers alike.
 */
final class CreatePollRow extends Row {
  private static final String BASE = Peers.HAND_WRITTEN.title;
  private static final String BLOCKING = Peers.HAND_WRITTEN_BLOCKING.title;
  private static final String PAGE_LOOP = "page's loop";

  /** What a cold JVM does, and one turn of the warm-up. */
  private static final int FIRST = 5_000;

  private static final int TURN = 2_000;

  private static final List<Peers> COMPARED =
      List.of(Peers.HAND_WRITTEN, Peers.HAND_WRITTEN_BLOCKING, Peers.AIML_VIDEO);

  /** With Epsilon nothing is collected, so the growth of the heap is what was allocated. */
  private static final List<String> NO_COLLECTION =
      List.of(
          "-XX:+UnlockExperimentalVMOptions",
          "-XX:+UseEpsilonGC",
          "-XX:EpsilonMaxTLABSize=16k", // reserved but unused parts count as allocated
          "-Xlog:disable", // Epsilon warns on standard output
          "-Xmx5g");

  private final Samples samples = new Samples();
  private int warmUps;
  private int turns;

  CreatePollRow() {
    super("create-poll");
  }

  @Override
  void measure(Context context) throws Exception {
    warmUps = context.quick() ? 3 : 10;
    turns = context.quick() ? 5 : 10;
    int rounds = context.rounds(9);
    for (int round = 1; round <= rounds; round++) {
      progress("round " + round + " of " + rounds);
      // no bar compares with the other peers, so one round is enough
      boolean all = round == 1 && !context.quick();
      measure(context.server(), all ? List.of(Peers.values()) : COMPARED);
    }
    measurePageLoop(context);
    reportPeers();
    reportRatios(context.quick());
  }

  /** All peers start fresh JVMs, which then take turns. */
  private void measure(LocalServer server, List<Peers> peers) throws IOException {
    server.control().runForever();
    Map<Peers, Fork> forks = new LinkedHashMap<>();
    try {
      for (Peers peer : peers) forks.put(peer, fork(server, peer, List.of("-Xmx1g")));
      Map<Peers, Double> cold = cpuMicros(forks, 1, FIRST);
      cpuMicros(forks, warmUps, FIRST);
      Map<Peers, Double> warm = cpuMicros(forks, turns, TURN);
      for (Peers peer : peers) {
        JsonObject measured = new JsonObject();
        measured.addProperty("coldMicros", cold.get(peer));
        measured.addProperty("cpuMicros", warm.get(peer));
        measured.addProperty("bytes", bytes(server, peer));
        samples.add(peer.title, measured);
      }
    } finally {
      forks.values().forEach(Fork::close);
    }
  }

  private static Fork fork(LocalServer server, Peers peer, List<String> options)
      throws IOException {
    return Fork.java(CreatePollRun.class, options, peer, server.url());
  }

  /** CPU of one pair, the mean of all turns. */
  private static Map<Peers, Double> cpuMicros(Map<Peers, Fork> forks, int turns, int pairs)
      throws IOException {
    Map<Peers, Double> micros = new EnumMap<>(Peers.class);
    for (int i = 0; i < turns; i++)
      for (var fork : forks.entrySet()) {
        double turn = fork.getValue().ask(pairs).get("cpuMicros").getAsDouble();
        micros.merge(fork.getKey(), turn / turns, Double::sum);
      }
    return micros;
  }

  private static double bytes(LocalServer server, Peers peer) throws IOException {
    try (Fork fork = fork(server, peer, NO_COLLECTION)) {
      fork.ask(FIRST);
      return fork.ask(2 * FIRST).get("bytes").getAsDouble();
    }
  }

  /** The loop of the vendor's page; needs Python with requests. */
  private void measurePageLoop(Context context) throws IOException {
    try (Fork fork =
        new Fork(
            List.of(
                "python3",
                "src/benchmarks/src/main/python/page_loop.py",
                context.server().url()))) {
      fork.ask(20);
      samples.add(PAGE_LOOP, fork.ask(context.quick() ? 100 : 1_000));
    } catch (IOException e) {
      progress(PAGE_LOOP + " not measured: no python3 with requests");
    }
  }

  private void reportPeers() {
    for (String peer : samples.peers()) report("CPU", peer, " µs", samples.of(peer, "cpuMicros"));
    for (Peers peer : COMPARED)
      report("cold: CPU", peer.title, " µs", samples.of(peer.title, "coldMicros"));
    for (String peer : samples.peers())
      if (!peer.equals(PAGE_LOOP)) report("allocated", peer, " B", samples.of(peer, "bytes"));
  }

  private void reportRatios(boolean quick) {
    double[] cpu = ratios(BASE, "cpuMicros");
    // a quick run ends before the compiler has compiled all
    if (quick) report("CPU to hand-written", AIML_VIDEO, " times", cpu);
    else judge(1.15, "CPU to hand-written", AIML_VIDEO, " times", cpu);
    judge(1.15, "allocated to hand-written", AIML_VIDEO, " times", ratios(BASE, "bytes"));
    report("cold: CPU to hand-written", AIML_VIDEO, " times", ratios(BASE, "coldMicros"));
    report("CPU to " + BLOCKING, AIML_VIDEO, " times", ratios(BLOCKING, "cpuMicros"));
    report("cold: CPU to " + BLOCKING, AIML_VIDEO, " times", ratios(BLOCKING, "coldMicros"));
  }

  private double[] ratios(String other, String figure) {
    return samples.ratios(AIML_VIDEO, other, figure);
  }
}
