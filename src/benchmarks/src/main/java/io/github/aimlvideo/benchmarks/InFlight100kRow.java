package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.peer.Peers;
import java.time.Duration;
import java.util.List;

/** 100,000 generations in flight, each polled every 60 s, in a heap of 512 MB; once. */
final class InFlight100kRow extends Row {
  private static final Load LOAD =
      new Load(
          100_000,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(180),
          Duration.ZERO,
          20);

  InFlight100kRow() {
    super("in-flight-100k");
  }

  @Override
  void measure(Context context) throws Exception {
    progress("this takes four minutes");
    Object[] args = LOAD.args(Peers.AIML_VIDEO, context.server().url());
    try (Fork fork = Fork.java(InFlightRun.class, List.of("-Xmx512m"), args)) {
      JsonObject measured = fork.next();
      judge(0, "late polls", AIML_VIDEO, "", measured.get("latePolls").getAsDouble());
      judge(0, "not ended", AIML_VIDEO, "", measured.get("notEnded").getAsDouble());
      report("CPU", AIML_VIDEO, " s", measured.get("cpuSeconds").getAsDouble());
      report("threads", AIML_VIDEO, "", measured.get("threads").getAsDouble());
    }
  }
}
