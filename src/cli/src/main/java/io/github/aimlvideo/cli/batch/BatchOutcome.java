package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.ExitCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The exit code of a batch, and whether it has to end early. */
final class BatchOutcome {
  /** The first of several codes wins. */
  private static final List<Integer> WORST_FIRST =
      List.of(
          ExitCode.DENIED,
          ExitCode.UNKNOWN,
          ExitCode.OTHER,
          ExitCode.STILL_RUNNING,
          ExitCode.FAILED);

  private final Set<Integer> codes = new HashSet<>();
  private boolean stopped;
  private boolean aborted;

  void add(int code) {
    codes.add(code);
  }

  /** Stops sending creates; false if already stopped. */
  boolean stop(int code) {
    add(code);
    boolean first = !stopped;
    stopped = true;
    return first;
  }

  /** The journal cannot be written any more. */
  void abort() {
    add(ExitCode.OTHER);
    stopped = true;
    aborted = true;
  }

  boolean isStopped() {
    return stopped;
  }

  boolean isAborted() {
    return aborted;
  }

  int exitCode() {
    return WORST_FIRST.stream().filter(codes::contains).findFirst().orElse(0);
  }
}
