package io.github.aimlvideo.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the smallest heap in which a program succeeds. */
final class SmallestHeap {
  /** Less is too little for any JVM, and more than the size of what is sent says nothing. */
  private static final int LEAST = 2;

  private static final int MOST = 64;

  private final int rounds;

  /** Near its limit a program succeeds by chance, so the median of some rounds counts. */
  SmallestHeap(int rounds) {
    this.rounds = rounds;
  }

  /** In megabytes. */
  double of(Class<?> main, Object... args) throws IOException, InterruptedException {
    List<Double> found = new ArrayList<>();
    for (int i = 0; i < rounds; i++) found.add((double) search(main, args));
    return Samples.median(found);
  }

  private static int search(Class<?> main, Object... args)
      throws IOException, InterruptedException {
    if (!succeeds(MOST, main, args)) throw new IOException(main + " fails with " + MOST + " MB");
    int fails = LEAST;
    int succeeds = MOST;
    while (succeeds - fails > 1) {
      // small ones first: doubling finds them sooner than halving does
      int next = Math.min(2 * fails, (fails + succeeds) / 2);
      if (succeeds(next, main, args)) succeeds = next;
      else fails = next;
    }
    return succeeds;
  }

  private static boolean succeeds(int megabytes, Class<?> main, Object... args)
      throws IOException, InterruptedException {
    return Fork.of(main, List.of("-Xmx" + megabytes + "m", "-XX:+ExitOnOutOfMemoryError"), args)
        .succeeds();
  }
}
