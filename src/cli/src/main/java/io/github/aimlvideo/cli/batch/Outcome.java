package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.ExitCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the batch ends with, and whether it is to end early. */
final class Outcome {
  /** What is to be heard first where several things went wrong. */
  private static final List<Integer> WORST_FIRST =
      List.of(
          ExitCode.DENIED,
          ExitCode.UNKNOWN,
          ExitCode.OTHER,
          ExitCode.STILL_RUNNING,
          ExitCode.FAILED);

  private final Set<Integer> codes = new HashSet<>();
  private boolean stopped;
  private boolean broken;

  void add(int code) {
    codes.add(code);
  }

  /** Nothing more is sent; false if that was so before. */
  boolean stop(int code) {
    add(code);
    boolean first = !stopped;
    stopped = true;
    return first;
  }

  /** Nothing more can be noted. */
  void breakOff() {
    add(ExitCode.OTHER);
    stopped = true;
    broken = true;
  }

  boolean isStopped() {
    return stopped;
  }

  boolean isBroken() {
    return broken;
  }

  int exitCode() {
    return WORST_FIRST.stream().filter(codes::contains).findFirst().orElse(0);
  }
}
