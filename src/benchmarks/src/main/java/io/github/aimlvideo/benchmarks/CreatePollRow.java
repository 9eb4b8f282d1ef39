package io.github.aimlvideo.benchmarks;

import static io.github.aimlvideo.benchmarks.peer.Peers.AIML_VIDEO;
import static io.github.aimlvideo.benchmarks.peer.Peers.HAND_WRITTEN;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.peer.Peers;
import io.github.aimlvideo.benchmarks.server.LocalServer;
import java.time.Duration;
import java.util.List;

/** CPU and bytes allocated for one create and one poll, of every peer. */
final class CreatePollRow extends Row {
  /** Nothing is collected, so what is used is what was allocated, by threads that ended too. */
  private static final List<String> NO_COLLECTION =
      List.of(
          "-XX:+UnlockExperimentalVMOptions",
          "-XX:+UseEpsilonGC",
          "-XX:EpsilonMaxTLABSize=16k", // what a thread has reserved and not used is counted too
          "-Xlog:disable", // it warns on standard output
          "-Xmx5g");

  private static final String PAGE_LOOP = "page's loop";

  private final int rounds;
  private final int warmUps;
  private final int pairs;

  CreatePollRow(boolean quick) {
    super("create-poll");
    rounds = quick ? 1 : 9; // from one to the next it varies by half
    warmUps = quick ? 1 : 60;
    pairs = quick ? 2_000 : 20_000;
  }

  @Override
  void measure(Place place, LocalServer server) throws Exception {
    Samples cpu = new Samples();
    Samples bytes = new Samples();
    for (int round = 1; round <= rounds; round++) {
      progress("round " + round + " of " + rounds);
      // the others are far enough away for one round, and for none in a quick run
      boolean all = round == 1 && rounds > 1;
      List<Peers> peers = all ? List.of(Peers.values()) : List.of(HAND_WRITTEN, AIML_VIDEO);
      for (Peers peer : peers) {
        cpu.add(peer.title, fork(server, peer, List.of(), warmUps, pairs));
        bytes.add(peer.title, fork(server, peer, NO_COLLECTION, 0, pairs / 2));
      }
    }
    PageLoop.run(place.root(), server.url(), pairs / 20).ifPresent(m -> cpu.add(PAGE_LOOP, m));
    if (!cpu.peers().contains(PAGE_LOOP))
      progress(PAGE_LOOP + " not run: no python3 with requests");
    for (String peer : cpu.peers()) tell("CPU", peer, cpu.median(peer, "cpuMicros"), " µs");
    for (Peers peer : List.of(HAND_WRITTEN, AIML_VIDEO))
      tell("CPU of the first 5,000", peer.title, cpu.median(peer.title, "coldMicros"), " µs");
    for (String peer : bytes.peers()) tell("allocated", peer, bytes.median(peer, "bytes"), " B");
    // a quick run is over before the compiler is, and would judge that
    if (rounds > 1) judge("CPU", cpu, "cpuMicros");
    judge("allocated", bytes, "bytes");
  }

  private static JsonObject fork(
      LocalServer server, Peers peer, List<String> options, int warmUps, int pairs)
      throws Exception {
    server.control().reset(Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(1), false);
    return Fork.of(CreatePollRun.class, options, peer, server.url(), warmUps, pairs).measure();
  }

  private void judge(String what, Samples samples, String figure) {
    double ratio = samples.ratio(AIML_VIDEO.title, HAND_WRITTEN.title, figure);
    judgeAtMost(1.25, what + " to hand-written", AIML_VIDEO.title, ratio, " times");
  }
}
