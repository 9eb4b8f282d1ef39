package io.github.aimlvideo.bench;

import com.google.gson.JsonObject;
import io.github.aimlvideo.bench.server.LocalServer;
import java.io.IOException;
import java.util.List;

/** A film of 200 MB, from loopback to disk: throughput beside curl, and the heap it takes. */
final class DownloadRow extends Row {
  private static final long FILM = 200_000_000;
  private static final long SHORT_FILM = 1_000_000;
  private static final String OURS = "aiml-video";

  private final int rounds;

  DownloadRow(boolean quick) {
    super("download");
    rounds = quick ? 1 : 5;
  }

  @Override
  void measure(Place place, LocalServer server) throws Exception {
    progress("times");
    server.control().film(FILM);
    JsonObject times =
        Fork.of(DownloadRun.class, List.of(), server.url(), place.scratch(), 2 * rounds + 1)
            .measure();
    if (times.get("bytes").getAsLong() != FILM) throw new IOException("not whole: " + times);
    double ours = FILM / 1e6 / times.get("download").getAsDouble();
    double curl = FILM / 1e6 / times.get("curl").getAsDouble();
    tell("200 MB", OURS, ours, " MB/s");
    tell("200 MB", "curl", curl, " MB/s");
    judgeAtLeast(0.9, "throughput to curl", OURS, ours / curl, " times");

    progress("smallest heaps");
    double forLong = smallestHeap(place, server, FILM);
    double forShort = smallestHeap(place, server, SHORT_FILM);
    tell("smallest -Xmx for 1 MB", OURS, forShort, " MB");
    tell("smallest -Xmx for 200 MB", OURS, forLong, " MB");
    judgeAtMost(2, "more heap for 200 MB", OURS, forLong - forShort, " MB");
  }

  private double smallestHeap(Place place, LocalServer server, long film) throws Exception {
    server.control().film(film);
    return new SmallestHeap(rounds).of(DownloadRun.class, server.url(), place.scratch(), 0);
  }
}
