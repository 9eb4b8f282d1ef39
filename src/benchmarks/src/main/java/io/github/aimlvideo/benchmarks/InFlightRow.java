package io.github.aimlvideo.benchmarks;

import static io.github.aimlvideo.benchmarks.peer.Peers.AIML_VIDEO;
import static io.github.aimlvideo.benchmarks.peer.Peers.FAL;
import static io.github.aimlvideo.benchmarks.peer.Peers.GENERATED;
import static io.github.aimlvideo.benchmarks.peer.Peers.HAND_WRITTEN;
import static io.github.aimlvideo.benchmarks.peer.Peers.OPENAI;

import io.github.aimlvideo.benchmarks.peer.Peers;
import io.github.aimlvideo.benchmarks.server.LocalServer;
import java.time.Duration;
import java.util.List;

/**
 * 10,000 generations in flight, each polled every 2 s. Threads are those of the whole process, the
 * JVM's own included, and beside them those that Java knows.
 */
final class InFlightRow extends Row {
  /** A thread for each of ten thousand would say more about the machine than about the client. */
  private static final int FEWER = 1000;

  private final int rounds;
  private final Load load;
  private final List<Peers> once;

  InFlightRow(boolean quick) {
    super("in-flight");
    rounds = quick ? 1 : 5;
    Duration longest = Duration.ofSeconds(quick ? 6 : 20);
    Duration held = Duration.ofSeconds(quick ? 4 : 10);
    load =
        new Load(
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
      for (Peers peer : List.of(HAND_WRITTEN, AIML_VIDEO)) fly(samples, server, peer, load);
    }
    for (Peers peer : once) fly(samples, server, peer, load.withSize(FEWER));
    Samples cold = new Samples();
    if (rounds > 1) {
      for (Peers peer : List.of(HAND_WRITTEN, AIML_VIDEO)) fly(cold, server, peer, load.cold());
    }
    for (String peer : samples.peers()) tell(samples, peer);
    for (String peer : cold.peers())
      tell("late polls in a cold JVM", peer, cold.median(peer, "latePolls"), "");
    judge(samples);
  }

  private void fly(Samples samples, LocalServer server, Peers peer, Load load) throws Exception {
    progress(peer.title + ", " + load.size());
    Object[] args = load.args(peer, server.url());
    samples.add(peer.title, Fork.of(InFlightRun.class, List.of("-Xmx4g"), args).measure());
  }

  private void tell(Samples samples, String peer) {
    if (peer.equals(AIML_VIDEO.title)) return;
    tell("generations", peer, samples.median(peer, "created"), "");
    tell("threads", peer, samples.largest(peer, "threads"), "");
    tell("threads of Java", peer, samples.largest(peer, "javaThreads"), "");
    tell("heap each", peer, samples.median(peer, "heap"), " B");
    tell("late polls", peer, samples.largest(peer, "latePolls"), "");
    tell("99 % of ends noticed within", peer, samples.median(peer, "noticeP99"), " s");
    tell("CPU", peer, samples.median(peer, "cpuSeconds"), " s");
    tell("not ended", peer, samples.median(peer, "created") - samples.median(peer, "noticed"), "");
  }

  private void judge(Samples samples) {
    String ours = AIML_VIDEO.title;
    double noticed = 1.05 * load.interval().toMillis() / 1000;
    judgeAtMost(40, "threads", ours, samples.largest(ours, "threads"), "");
    judgeAtMost(40, "threads of Java", ours, samples.largest(ours, "javaThreads"), "");
    judgeAtMost(2048, "heap each", ours, samples.median(ours, "heap"), " B");
    judgeAtMost(0, "late polls", ours, samples.largest(ours, "latePolls"), "");
    judgeAtMost(
        noticed, "99 % of ends noticed within", ours, samples.median(ours, "noticeP99"), " s");
    tell("CPU", ours, samples.median(ours, "cpuSeconds"), " s");
    double cpu = samples.ratio(ours, HAND_WRITTEN.title, "cpuSeconds");
    if (rounds > 1) judgeAtMost(1.3, "CPU to hand-written", ours, cpu, " times");
    double ended = load.size() - samples.median(ours, "noticed");
    judgeAtMost(0, "not ended", ours, ended + samples.largest(ours, "failed"), "");
  }
}
