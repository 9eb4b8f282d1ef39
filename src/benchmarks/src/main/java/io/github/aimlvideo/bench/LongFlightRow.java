package io.github.aimlvideo.bench;

import static io.github.aimlvideo.bench.peer.Peers.AIML_VIDEO;

import com.google.gson.JsonObject;
import io.github.aimlvideo.bench.peer.Peers;
import io.github.aimlvideo.bench.server.LocalServer;
import java.time.Duration;
import java.util.List;

/** 100,000 generations in flight, each looked at every 60 s, in a heap of 512 MB. */
final class LongFlightRow extends Row {
  private static final Flight FLIGHT =
      new Flight(
          20,
          100_000,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(180),
          Duration.ZERO);

  LongFlightRow() {
    super("flight-100k");
  }

  @Override
  void measure(Place place, LocalServer server) throws Exception {
    progress("once, as it takes minutes");
    Object[] args = FLIGHT.args(AIML_VIDEO, server.url());
    tell(AIML_VIDEO, Fork.of(FlightRun.class, List.of("-Xmx512m"), args).measure());
  }

  private void tell(Peers peer, JsonObject measured) {
    double late = measured.get("lateLooks").getAsDouble();
    double open =
        FLIGHT.size()
            - measured.get("noticed").getAsDouble()
            + measured.get("failed").getAsDouble();
    judgeAtMost(0, "looks late", peer.title, late, "");
    judgeAtMost(0, "not ended", peer.title, open, "");
    tell("CPU", peer.title, measured.get("cpuSeconds").getAsDouble(), " s");
    tell("threads", peer.title, measured.get("threads").getAsDouble(), "");
  }
}
