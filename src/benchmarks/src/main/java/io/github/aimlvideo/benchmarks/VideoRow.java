package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.server.LocalServer;
import java.io.IOException;
import java.util.List;

/** A video of 200 MB, from loopback to disk: throughput beside curl, and the heap it takes. */
final class VideoRow extends Row {
  private static final long VIDEO = 200_000_000;
  private static final long SHORT_VIDEO = 1_000_000;
  private static final String OURS = "aiml-video";

  private final int rounds;

  VideoRow(boolean quick) {
    super("video");
    rounds = quick ? 1 : 5;
  }

  @Override
  void measure(Place place, LocalServer server) throws Exception {
    progress("times");
    server.control().video(VIDEO);
    JsonObject times =
        Fork.of(VideoRun.class, List.of(), server.url(), place.scratch(), 2 * rounds + 1).measure();
    if (times.get("bytes").getAsLong() != VIDEO) throw new IOException("not whole: " + times);
    double ours = VIDEO / 1e6 / times.get("download").getAsDouble();
    double curl = VIDEO / 1e6 / times.get("curl").getAsDouble();
    tell("200 MB", OURS, ours, " MB/s");
    tell("200 MB", "curl", curl, " MB/s");
    judgeAtLeast(0.9, "throughput to curl", OURS, ours / curl, " times");

    progress("smallest heaps");
    double forLong = smallestHeap(place, server, VIDEO);
    double forShort = smallestHeap(place, server, SHORT_VIDEO);
    tell("smallest -Xmx for 1 MB", OURS, forShort, " MB");
    tell("smallest -Xmx for 200 MB", OURS, forLong, " MB");
    judgeAtMost(2, "more heap for 200 MB", OURS, forLong - forShort, " MB");
  }

  private double smallestHeap(Place place, LocalServer server, long video) throws Exception {
    server.control().video(video);
    return new SmallestHeap(rounds).of(VideoRun.class, server.url(), place.scratch(), 0);
  }
}
