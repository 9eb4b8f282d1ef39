package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.peer.Peers;
import io.github.aimlvideo.benchmarks.report.Samples;
import io.github.aimlvideo.benchmarks.server.LocalServer;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** An image of 50 MB to the server or a video of 200 MB from it: time and memory. */
final class TransferRow extends Row {
  private static final String HAND_WRITTEN = Peers.HAND_WRITTEN.title;

  /** In MB; a transfer of 1 MB needs 15 MB. */
  private static final int HEAP = 20;

  private static final int WARM_UPS = 5;

  private final int megabytes;
  private Path file;

  private TransferRow(String name, int megabytes) {
    super(name);
    this.megabytes = megabytes;
  }

  static Row image() {
    return new TransferRow("image", 50);
  }

  static Row video() {
    return new TransferRow("video", 200);
  }

  @Override
  void measure(Context context) throws Exception {
    // in memory if possible: a disk would add noise of its own
    Path memory = Path.of("/dev/shm");
    Path folder =
        Files.createTempDirectory(Files.isWritable(memory) ? memory : FOLDER, "aiml-video-bench");
    file = folder.resolve(name());
    try {
      measure(context.server(), context.rounds(5));
    } finally {
      for (File left : folder.toFile().listFiles()) Files.delete(left.toPath());
      Files.delete(folder);
    }
  }

  private void measure(LocalServer server, int rounds) throws IOException {
    prepare(server);
    Samples cold = new Samples();
    Samples warm = new Samples();
    for (int round = 1; round <= rounds; round++) {
      progress("round " + round + " of " + rounds);
      measure(server, cold, warm);
    }
    report(cold, "cold: time");
    report("cold: time to hand-written", AIML_VIDEO, " times", ratios(cold));
    report(warm, "time");
    judge(1.25, "time to hand-written", AIML_VIDEO, " times", ratios(warm));
    judgeMemory(server);
  }

  private void prepare(LocalServer server) throws IOException {
    if (name().equals("image")) {
      server.control().runForever();
      writeImage();
    } else {
      server.control().completeWith(megabytes * 1_000_000L);
    }
    try (Fork fork = fork(server, Peers.HAND_WRITTEN, List.of())) {
      for (int i = 0; i < 3; i++) transfer(fork); // warms the server
    }
  }

  /** Both peers start fresh JVMs, which then take turns. */
  private void measure(LocalServer server, Samples cold, Samples warm) throws IOException {
    try (Fork handWritten = fork(server, Peers.HAND_WRITTEN, List.of());
        Fork aimlVideo = fork(server, Peers.AIML_VIDEO, List.of())) {
      for (int i = 0; i < 3 * WARM_UPS; i++) {
        Samples samples = i == 0 ? cold : i < WARM_UPS ? new Samples() : warm;
        samples.add(HAND_WRITTEN, transfer(handWritten));
        samples.add(AIML_VIDEO, transfer(aimlVideo));
      }
    }
  }

  private Fork fork(LocalServer server, Peers peer, List<String> options) throws IOException {
    return Fork.java(TransferRun.class, options, peer, server.url(), name(), file);
  }

  private JsonObject transfer(Fork fork) throws IOException {
    JsonObject measured = fork.ask("");
    if (measured.get("bytes").getAsLong() != megabytes * 1_000_000L)
      throw new IOException("incomplete: " + measured);
    return measured;
  }

  private void report(Samples samples, String what) {
    for (String peer : samples.peers()) report(what, peer, " s", samples.of(peer, "seconds"));
  }

  private static double[] ratios(Samples samples) {
    return samples.ratios(AIML_VIDEO, HAND_WRITTEN, "seconds");
  }

  /** Memory is flat if the transfer succeeds in a heap that is hardly larger than 1 MB needs. */
  private void judgeMemory(LocalServer server) {
    progress("memory");
    double failures = 0;
    List<String> options = List.of("-Xmx" + HEAP + "m", "-XX:+ExitOnOutOfMemoryError");
    try (Fork fork = fork(server, Peers.AIML_VIDEO, options)) {
      for (int i = 0; i < 3; i++) transfer(fork);
    } catch (IOException e) {
      failures = 1;
    }
    judge(0, "failures in a heap of " + HEAP + " MB", AIML_VIDEO, "", failures);
  }

  /** The head of a PNG of 1024 x 1024 pixels, and noise. */
  private void writeImage() throws IOException {
    ByteBuffer head = ByteBuffer.allocate(26);
    head.putLong(0x89504E470D0A1A0AL).putInt(13).put(new byte[] {'I', 'H', 'D', 'R'});
    head.putInt(1024).putInt(1024).put((byte) 8).put((byte) 2);
    byte[] megabyte = new byte[1_000_000];
    new Random(1).nextBytes(megabyte);
    System.arraycopy(head.array(), 0, megabyte, 0, head.capacity());
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < megabytes; i++) out.write(megabyte);
    }
  }
}
