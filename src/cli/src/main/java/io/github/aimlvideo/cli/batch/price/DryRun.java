package io.github.aimlvideo.cli.batch.price;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.account.Balance;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.account.PriceText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What a batch would create and cost, and whether balance and limit suffice for it. */
public final class DryRun {
  /** So many rows of unknown price are named for each reason. */
  private static final int NAMED = 5;

  private final int rows;
  private final Estimate estimate;
  private final Optional<Cost> spent;
  private final BudgetOptions budget;
  private final Lookup<Balance> balance;

  private DryRun(
      int rows,
      Estimate estimate,
      Optional<Cost> spent,
      BudgetOptions budget,
      Lookup<Balance> balance) {
    this.rows = rows;
    this.estimate = estimate;
    this.spent = spent;
    this.budget = budget;
    this.balance = balance;
  }

  /**
   * Reads the balance.
   *
   * @param rows of the manifest
   * @param spent on earlier creates; empty if that is not known
   */
  public static DryRun of(
      int rows, Estimate estimate, Optional<Cost> spent, BudgetOptions budget, VideoClient client) {
    return new DryRun(
        rows, estimate, spent, budget, Lookup.of("the balance", () -> client.account().balance()));
  }

  /** Whether the run could keep its limit, and would not stop before its end. */
  public int exitCode() {
    boolean unpriced = !estimate.unknown().isEmpty() || spent.isEmpty();
    if (budget.needsPrices() && estimate.rows() > 0 && unpriced) return ExitCode.USAGE;
    boolean stops = budget.amount().isPresent() && estimate.rows() > 0 && spent.isEmpty();
    return !stops && budgetSuffices().orElse(true) ? 0 : ExitCode.STILL_RUNNING;
  }

  /** Whether the limit suffices for all prices that are known; empty if there is none. */
  private Optional<Boolean> budgetSuffices() {
    return budget
        .amount()
        .map(limit -> spent.orElse(Cost.ZERO).plus(estimate.maximum()).compareTo(limit) <= 0);
  }

  /** Whether the balance covers the most that all rows cost; empty if one is not known. */
  private Optional<Boolean> balanceSuffices() {
    Optional<BigDecimal> there = balance.value().flatMap(Balance::usd);
    boolean tooLittle =
        there.filter(usd -> usd.compareTo(estimate.minimum().usd()) < 0).isPresent();
    if (tooLittle) return Optional.of(false);
    if (!estimate.unknown().isEmpty()) return Optional.empty();
    return there.map(usd -> usd.compareTo(estimate.maximum().usd()) >= 0);
  }

  /**
   * Lines for a person.
   *
   * @param place names a row
   */
  public List<String> lines(UnaryOperator<String> place) {
    List<String> lines = new ArrayList<>();
    int done = rows - estimate.rows();
    lines.add(
        count(rows)
            + ", "
            + estimate.rows()
            + " to create"
            + (done == 0 ? "" : ", " + done + " not"));
    int priced = estimate.rows() - estimate.unknown().size();
    if (priced > 0)
      lines.add(
          "cost: "
              + (estimate.unknown().isEmpty() ? "" : "at least ")
              + range()
              + (estimate.unknown().isEmpty() ? "" : " for " + count(priced)));
    byReason()
        .forEach(
            (reason, names) -> lines.add("price unknown: " + named(names, place) + ": " + reason));
    lines.add("balance: " + balanceText());
    budget.amount().ifPresent(limit -> lines.add("limit: " + budgetText()));
    return lines;
  }

  private String range() {
    String most = PriceText.of(estimate.maximum().usd());
    if (estimate.minimum().equals(estimate.maximum())) return most;
    return PriceText.of(estimate.minimum().usd()) + " to " + most;
  }

  private static String count(int rows) {
    return rows + (rows == 1 ? " row" : " rows");
  }

  private Map<String, List<String>> byReason() {
    return estimate.unknown().entrySet().stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getValue,
                LinkedHashMap::new,
                Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
  }

  private static String named(List<String> names, UnaryOperator<String> place) {
    String first = names.stream().limit(NAMED).map(place).collect(Collectors.joining(", "));
    int more = names.size() - NAMED;
    return more > 0 ? first + " and " + count(more) + " more" : first;
  }

  private String balanceText() {
    if (balance.value().isEmpty()) return "unknown: " + balance.reason();
    String amount =
        balance.value().get().usd().map(PriceText::of).orElse(balance.value().get().toString());
    if (estimate.rows() == 0) return amount;
    return amount + suffices(balanceSuffices());
  }

  private String budgetText() {
    Cost needed = spent.orElse(Cost.ZERO).plus(estimate.maximum());
    boolean unpriced = !estimate.unknown().isEmpty() || spent.isEmpty();
    boolean enough = budgetSuffices().orElse(true);
    String atLeast = unpriced ? "at least " : "";
    return atLeast
        + budget.ofLimit(needed)
        + suffices(unpriced && enough ? Optional.empty() : Optional.of(enough));
  }

  private static String suffices(Optional<Boolean> suffices) {
    return suffices
        .map(yes -> yes ? ", which suffices" : ", which does not suffice")
        .orElse(", and it is unknown whether that suffices");
  }

  /** One object. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("dryRun", true);
    json.addProperty("rows", rows);
    json.addProperty("toCreate", estimate.rows());
    json.addProperty("minUsd", estimate.minimum().usd());
    json.addProperty("maxUsd", estimate.maximum().usd());
    json.addProperty("minCredits", estimate.minimum().credits());
    json.addProperty("maxCredits", estimate.maximum().credits());
    JsonArray unknown = new JsonArray();
    estimate
        .unknown()
        .forEach(
            (name, reason) -> {
              JsonObject row = new JsonObject();
              row.addProperty("name", name);
              row.addProperty("reason", reason);
              unknown.add(row);
            });
    json.add("unknownPrices", unknown);
    balance.value().ifPresent(it -> json.add("balance", toJson(it)));
    budget.amount().ifPresent(limit -> json.add("limit", toJson(limit)));
    return json;
  }

  private JsonObject toJson(Balance there) {
    JsonObject json = new JsonObject();
    json.addProperty("amount", there.amount());
    if (!there.currency().isEmpty()) json.addProperty("currency", there.currency());
    there.usd().ifPresent(usd -> json.addProperty("usd", usd));
    balanceSuffices().ifPresent(yes -> json.addProperty("suffices", yes));
    return json;
  }

  private JsonObject toJson(Cost limit) {
    JsonObject json = new JsonObject();
    json.addProperty("usd", limit.usd());
    json.addProperty("credits", limit.credits());
    spent.ifPresent(cost -> json.addProperty("usdSpent", cost.usd()));
    boolean unpriced = !estimate.unknown().isEmpty() || spent.isEmpty();
    budgetSuffices()
        .filter(yes -> !yes || !unpriced)
        .ifPresent(yes -> json.addProperty("suffices", yes));
    return json;
  }
}
