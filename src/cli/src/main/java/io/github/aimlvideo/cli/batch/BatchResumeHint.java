package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.ResumeHint;
import io.github.aimlvideo.cli.batch.manifest.ManifestRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How to resume a batch: with the same command, unless its limit would stop that at once. */
final class BatchResumeHint {
  private static final String LIMIT = "--max-credits";

  private BatchResumeHint() {}

  /** Two lines, the second of which is the command. */
  static String[] lines(List<String> arguments, BatchRows rows, BatchContext context) {
    List<ManifestRow> toCreate = rows.toCreate(context.settings);
    if (rows.hasUnfinished() || !context.budget.isReached(toCreate)) {
      return new String[] {"resume with:", ResumeHint.of(arguments)};
    }
    String rest =
        "to create the other " + (toCreate.size() == 1 ? "row" : toCreate.size() + " rows");
    Optional<String> enough = context.budget.enoughFor(toCreate).map(BigDecimal::toPlainString);
    return new String[] {
      rest + (enough.isPresent() ? " too:" : " without a limit:"),
      ResumeHint.of(withLimit(arguments, enough))
    };
  }

  private static List<String> withLimit(List<String> arguments, Optional<String> limit) {
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
