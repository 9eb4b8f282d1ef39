package io.github.aimlvideo.benchmarks;

import io.github.aimlvideo.benchmarks.peer.Peers;
import io.github.aimlvideo.benchmarks.report.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * 10,000 generations in flight, each polled every 2 s. Threads are those of the whole process, the
 * JVM's own included, and beside them those that Java counts.
 */
final class InFlightRow extends Row {
  /** More threads than this would measure the machine and not the peer. */
  private static final int MANY_THREADS = 1000;

  private static final String BASE = Peers.HAND_WRITTEN.title;

  private final Samples warm = new Samples();
  private final Samples cold = new Samples();

  InFlightRow() {
    super("in-flight");
  }

  @Override
  void measure(Context context) throws Exception {
    Load load = load(context.quick(), context.quick() ? 1 : 20);
    int rounds = context.rounds(5);
    for (int round = 1; round <= rounds; round++) {
      for (Peers peer : List.of(Peers.HAND_WRITTEN, Peers.AIML_VIDEO)) {
        progress("round " + round + " of " + rounds + ", " + peer.title);
        if (!context.quick()) run(cold, context, peer, load(false, 0));
        run(warm, context, peer, load);
      }
    }
    if (!context.quick() && context.roundsAsked() == 0)
      for (Peers peer : List.of(Peers.GENERATED, Peers.FAL, Peers.OPENAI))
        run(warm, context, peer, load.withSize(MANY_THREADS));
    for (String peer : warm.peers()) if (!peer.equals(AIML_VIDEO)) reportPeer(peer);
    judgeWarm(context.quick());
    if (!context.quick()) judgeCold();
  }

  private static Load load(boolean quick, int warmUps) {
    return new Load(
        quick ? 2_000 : 10_000,
        Duration.ofSeconds(2),
        Duration.ZERO,
        Duration.ofSeconds(quick ? 6 : 20),
        Duration.ofSeconds(quick ? 4 : 10),
        warmUps);
  }

  private static void run(Samples samples, Context context, Peers peer, Load load)
      throws IOException {
    Object[] args = load.args(peer, context.server().url());
    try (Fork fork = Fork.java(InFlightRun.class, List.of("-Xmx4g"), args)) {
      samples.add(peer.title, fork.next());
    }
  }

  private void reportPeer(String peer) {
    report("generations", peer, "", warm.of(peer, "created"));
    reportWorst("threads", peer, "", warm.of(peer, "threads"));
    reportWorst("threads of Java", peer, "", warm.of(peer, "javaThreads"));
    report("heap each", peer, " B", warm.of(peer, "heap"));
    reportWorst("late polls", peer, "", warm.of(peer, "latePolls"));
    report("99 % of ends noticed within", peer, " s", warm.of(peer, "noticeP99"));
    report("CPU", peer, " s", warm.of(peer, "cpuSeconds"));
    reportWorst("not ended", peer, "", warm.of(peer, "notEnded"));
  }

  private void judgeWarm(boolean quick) {
    String ours = AIML_VIDEO;
    double threads = Samples.largest(warm.of(BASE, "threads"));
    judgeWorst(threads, "threads", ours, "", warm.of(ours, "threads"));
    double javaThreads = Samples.largest(warm.of(BASE, "javaThreads"));
    judgeWorst(javaThreads, "threads of Java", ours, "", warm.of(ours, "javaThreads"));
    // with fewer generations each bears more of what all share
    if (quick) report("heap each", ours, " B", warm.of(ours, "heap"));
    else judge(1024, "heap each", ours, " B", warm.of(ours, "heap"));
    judgeWorst(0, "late polls", ours, "", warm.of(ours, "latePolls"));
    judge(2.1, "99 % of ends noticed within", ours, " s", warm.of(ours, "noticeP99"));
    report("CPU", ours, " s", warm.of(ours, "cpuSeconds"));
    // a late poll costs no CPU, so the sums of two peers compare only if both are punctual
    double[] cpu = warm.ratios(ours, BASE, "cpuMicrosPerPoll");
    if (quick) report("CPU per poll to hand-written", ours, " times", cpu);
    else judge(1.2, "CPU per poll to hand-written", ours, " times", cpu);
    judgeWorst(0, "not ended", ours, "", warm.of(ours, "notEnded"));
  }

  private void judgeCold() {
    String ours = AIML_VIDEO;
    report("cold: late polls", BASE, "", cold.of(BASE, "latePolls"));
    double late = Samples.median(cold.of(BASE, "latePolls"));
    judge(late, "cold: late polls", ours, "", cold.of(ours, "latePolls"));
    for (String peer : cold.peers()) {
      report("cold: largest gap", peer, " s", cold.of(peer, "largestGap"));
      report("cold: heap each", peer, " B", cold.of(peer, "heap"));
      report("cold: CPU", peer, " s", cold.of(peer, "cpuSeconds"));
    }
    double[] cpu = cold.ratios(ours, BASE, "cpuMicrosPerPoll");
    report("cold: CPU per poll to hand-written", ours, " times", cpu);
  }
}
