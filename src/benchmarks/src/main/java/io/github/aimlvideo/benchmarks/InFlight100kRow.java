package io.github.aimlvideo.benchmarks;

import static io.github.aimlvideo.benchmarks.peer.Peers.AIML_VIDEO;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.peer.Peers;
import io.github.aimlvideo.benchmarks.server.LocalServer;
import java.time.Duration;
import java.util.List;

/** 100,000 generations in flight, each polled every 60 s, in a heap of 512 MB. */
final class InFlight100kRow extends Row {
  private static final Load LOAD =
      new Load(
          20,
          100_000,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(180),
          Duration.ZERO);

  InFlight100kRow() {
    super("in-flight-100k");
  }

  @Override
  void measure(Place place, LocalServer server) throws Exception {
    progress("once, as it takes minutes");
    Object[] args = LOAD.args(AIML_VIDEO, server.url());
    tell(AIML_VIDEO, Fork.of(InFlightRun.class, List.of("-Xmx512m"), args).measure());
  }

  private void tell(Peers peer, JsonObject measured) {
    double late = measured.get("latePolls").getAsDouble();
    double open =
        LOAD.size() - measured.get("noticed").getAsDouble() + measured.get("failed").getAsDouble();
    judgeAtMost(0, "late polls", peer.title, late, "");
    judgeAtMost(0, "not ended", peer.title, open, "");
    tell("CPU", peer.title, measured.get("cpuSeconds").getAsDouble(), " s");
    tell("threads", peer.title, measured.get("threads").getAsDouble(), "");
  }
}
