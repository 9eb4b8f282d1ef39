package io.github.aimlvideo.bench;

import static io.github.aimlvideo.bench.peer.Peers.AIML_VIDEO;
import static io.github.aimlvideo.bench.peer.Peers.FAL;
import static io.github.aimlvideo.bench.peer.Peers.GENERATED;
import static io.github.aimlvideo.bench.peer.Peers.HAND_WRITTEN;
import static io.github.aimlvideo.bench.peer.Peers.OPENAI;

import io.github.aimlvideo.bench.peer.Peers;
import io.github.aimlvideo.bench.server.LocalServer;
import java.time.Duration;
import java.util.List;

/**
 * 10,000 generations in flight, each looked at every 2 s. Threads are those of the whole process,
 * the JVM's own included, and beside them those that Java knows.
 */
final class FlightRow extends Row {
  /** A thread for each of ten thousand would say more about the machine than about the client. */
  private static final int FEWER = 1000;

  private final int rounds;
  private final Flight flight;
  private final List<Peers> once;

  FlightRow(boolean quick) {
    super("flight");
    rounds = quick ? 1 : 5;
    Duration longest = Duration.ofSeconds(quick ? 6 : 20);
    Duration held = Duration.ofSeconds(quick ? 4 : 10);
    flight =
        new Flight(
            quick ? 1 : 20,
            quick ? 2_000 : 10_000,
            Duration.ofSeconds(2),
            Duration.ZERO,
            longest,
            held);
    // these take thousands of threads and the longer for it
    once = quick ? List.of() : List.of(GENERATED, FAL, OPENAI);
  }

  @Override
  void measure(Place place, LocalServer server) throws Exception {
    Samples samples = new Samples();
    for (int round = 1; round <= rounds; round++) {
      for (Peers peer : List.of(HAND_WRITTEN, AIML_VIDEO)) fly(samples, server, peer, flight);
    }
    for (Peers peer : once) fly(samples, server, peer, flight.withSize(FEWER));
    Samples cold = new Samples();
    if (rounds > 1) {
      for (Peers peer : List.of(HAND_WRITTEN, AIML_VIDEO)) fly(cold, server, peer, flight.cold());
    }
    for (String peer : samples.peers()) tell(samples, peer);
    for (String peer : cold.peers())
      tell("looks late in a cold JVM", peer, cold.median(peer, "lateLooks"), "");
    judge(samples);
  }

  private void fly(Samples samples, LocalServer server, Peers peer, Flight flight)
      throws Exception {
    progress(peer.title + ", " + flight.size());
    Object[] args = flight.args(peer, server.url());
    samples.add(peer.title, Fork.of(FlightRun.class, List.of("-Xmx4g"), args).measure());
  }

  private void tell(Samples samples, String peer) {
    if (peer.equals(AIML_VIDEO.title)) return;
    tell("generations", peer, samples.median(peer, "created"), "");
    tell("threads", peer, samples.largest(peer, "threads"), "");
    tell("threads of Java", peer, samples.largest(peer, "javaThreads"), "");
    tell("heap each", peer, samples.median(peer, "heap"), " B");
    tell("looks late", peer, samples.largest(peer, "lateLooks"), "");
    tell("99 % of ends noticed within", peer, samples.median(peer, "noticeP99"), " s");
    tell("CPU", peer, samples.median(peer, "cpuSeconds"), " s");
    tell("not ended", peer, samples.median(peer, "created") - samples.median(peer, "noticed"), "");
  }

  private void judge(Samples samples) {
    String ours = AIML_VIDEO.title;
    double noticed = 1.05 * flight.interval().toMillis() / 1000;
    judgeAtMost(40, "threads", ours, samples.largest(ours, "threads"), "");
    judgeAtMost(40, "threads of Java", ours, samples.largest(ours, "javaThreads"), "");
    judgeAtMost(2048, "heap each", ours, samples.median(ours, "heap"), " B");
    judgeAtMost(0, "looks late", ours, samples.largest(ours, "lateLooks"), "");
    judgeAtMost(
        noticed, "99 % of ends noticed within", ours, samples.median(ours, "noticeP99"), " s");
    tell("CPU", ours, samples.median(ours, "cpuSeconds"), " s");
    double cpu = samples.ratio(ours, HAND_WRITTEN.title, "cpuSeconds");
    if (rounds > 1) judgeAtMost(1.3, "CPU to hand-written", ours, cpu, " times");
    double ended = flight.size() - samples.median(ours, "noticed");
    judgeAtMost(0, "not ended", ours, ended + samples.largest(ours, "failed"), "");
  }
}
