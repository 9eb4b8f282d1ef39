package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.ExitCode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The exit code of a batch. Safe for several threads. */
final class BatchOutcome {
  /** The first of several codes wins. */
  private static final List<Integer> WORST_FIRST =
      List.of(
          ExitCode.DENIED,
          ExitCode.UNKNOWN,
          ExitCode.OTHER,
          ExitCode.STILL_RUNNING,
          ExitCode.FAILED);

  private final Set<Integer> codes = ConcurrentHashMap.newKeySet();

  void add(int code) {
    codes.add(code);
  }

  int exitCode() {
    return WORST_FIRST.stream().filter(codes::contains).findFirst().orElse(0);
  }
}
