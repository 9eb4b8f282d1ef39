package io.github.aimlvideo.benchmarks;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Does something again and again until the JVM has compiled nearly all of it; before that, most of
 * what is measured would be the compiler.
 */
final class WarmUp {
  /** Of the time that a repetition takes. */
  private static final double LITTLE = 0.1;

  private WarmUp() {}

  interface Step {
    void run() throws Exception;
  }

  static void with(Step step, int most) throws Exception {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    for (int i = 0; i < most; i++) {
      long compiled = compiler.getTotalCompilationTime();
      long begin = System.nanoTime();
      step.run();
      double millis = (System.nanoTime() - begin) / 1e6;
      if (compiler.getTotalCompilationTime() - compiled < LITTLE * millis) return;
    }
  }
}
