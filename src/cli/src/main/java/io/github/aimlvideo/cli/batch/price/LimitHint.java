package io.github.aimlvideo.cli.batch.price;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.cli.ResumeHint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How to resume a batch that its limit has stopped: with another one. */
public final class LimitHint {
  private LimitHint() {}

  /**
   * Two lines, if only the limit prevents the next create.
   *
   * @param rows how many rows are left to create
   * @param enough the credits that suffice for them; empty if a price is unknown
   */
  public static String[] of(List<String> arguments, int rows, Optional<BigDecimal> enough) {
    String rest = "to create the other " + (rows == 1 ? "row" : rows + " rows");
    return new String[] {
      rest + (enough.isPresent() ? " too:" : " without a limit:"),
      ResumeHint.of(replaceLimit(arguments, enough.map(Cost::ofCredits)))
    };
  }

  /** In dollars where they were given; another limit would be in the way, and is left out. */
  private static List<String> replaceLimit(List<String> arguments, Optional<Cost> limit) {
    List<String> changed = without(BudgetOptions.CREDITS, arguments);
    List<String> rest = without(BudgetOptions.USD, changed);
    boolean inUsd = rest.size() < changed.size();
    String option = inUsd ? BudgetOptions.USD : BudgetOptions.CREDITS;
    int end = rest.indexOf("--");
    int at = end < 0 ? rest.size() : end;
    limit.ifPresent(
        cost ->
            rest.addAll(
                at, List.of(option, (inUsd ? cost.usd() : cost.credits()).toPlainString())));
    return rest;
  }

  private static List<String> without(String option, List<String> arguments) {
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals(option)) i++;
      else if (!argument.startsWith(option + "=")) rest.add(argument);
    }
    return rest;
  }
}
