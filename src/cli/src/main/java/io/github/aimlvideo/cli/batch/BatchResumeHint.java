package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.ResumeHint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How to resume a batch that its limit of credits has stopped: with another one. */
final class BatchResumeHint {
  private static final String LIMIT = "--max-credits";

  private BatchResumeHint() {}

  /**
   * Two lines, if only the limit prevents the next create.
   *
   * @param rows how many rows are left to create
   * @param enough the limit that suffices for them; empty if a price is unknown
   */
  static String[] withLimit(List<String> arguments, int rows, Optional<BigDecimal> enough) {
    String rest = "to create the other " + (rows == 1 ? "row" : rows + " rows");
    return new String[] {
      rest + (enough.isPresent() ? " too:" : " without a limit:"),
      ResumeHint.of(replaceLimit(arguments, enough.map(BigDecimal::toPlainString)))
    };
  }

  private static List<String> replaceLimit(List<String> arguments, Optional<String> limit) {
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals(LIMIT)) i++;
      else if (!argument.startsWith(LIMIT + "=")) changed.add(argument);
    }
    int end = changed.indexOf("--");
    int at = end < 0 ? changed.size() : end;
    limit.ifPresent(credits -> changed.addAll(at, List.of(LIMIT, credits)));
    return changed;
  }
}
