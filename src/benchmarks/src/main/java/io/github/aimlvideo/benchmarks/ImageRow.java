package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.server.LocalServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** A image from a file, sent as a data URI: the heap it takes, and the time. */
final class ImageRow extends Row {
  private static final String OURS = "aiml-video";

  private final int rounds;

  ImageRow(boolean quick) {
    super("image");
    rounds = quick ? 1 : 5;
  }

  @Override
  void measure(Place place, LocalServer server) throws Exception {
    server.control().reset(Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(1), false);
    Path small = image(place.scratch().resolve("1.png"), 1);
    Path large = image(place.scratch().resolve("50.png"), 50);
    progress("smallest heaps");
    SmallestHeap heap = new SmallestHeap(rounds);
    double forSmall = heap.of(ImageRun.class, server.url(), small, 0);
    double forLarge = heap.of(ImageRun.class, server.url(), large, 0);
    tell("smallest -Xmx for 1 MB", OURS, forSmall, " MB");
    tell("smallest -Xmx for 50 MB", OURS, forLarge, " MB");
    judgeAtMost(8, "more heap for 50 MB", OURS, forLarge - forSmall, " MB");

    progress("times");
    JsonObject times =
        Fork.of(ImageRun.class, List.of(), server.url(), large, 3 * rounds).measure();
    double create = times.get("create").getAsDouble();
    double copy = times.get("copy").getAsDouble();
    tell("create with 50 MB", OURS, create, " s");
    tell("create with 50 MB", "plain copy", copy, " s");
    judgeAtMost(1.2, "time to plain copy", OURS, create / copy, " times");
  }

  /** The head of a PNG of 1024 x 1024 pixels, and noise. */
  private static Path image(Path file, int megabytes) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(26);
    head.putLong(0x89504E470D0A1A0AL).putInt(13).put(new byte[] {'I', 'H', 'D', 'R'});
    head.putInt(1024).putInt(1024).put((byte) 8).put((byte) 2);
    byte[] noise = new byte[1_000_000];
    new Random(1).nextBytes(noise);
    System.arraycopy(head.array(), 0, noise, 0, head.capacity());
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < megabytes; i++) out.write(noise);
    }
    return file;
  }
}
