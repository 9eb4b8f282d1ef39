package io.github.aimlvideo.batch;

import io.github.aimlvideo.account.Cost;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * How far a batch has come.
 *
 * @param rows how many rows are in which state; a state without rows is absent
 * @param cost of all creates, as far as the server said so
 * @param unknownCosts how many creates were or may have been accepted at an unknown cost
 * @param boughtTwice how many rows have more than one accepted create that did not fail
 * @param stopped why this worker sends no more creates; empty if it does, or has sent all
 */
public record BatchSummary(
    Map<RowState, Long> rows,
    Cost cost,
    long unknownCosts,
    long boughtTwice,
    Optional<BatchStop> stopped) {

  /** Copies the map. */
  public BatchSummary {
    rows = Map.copyOf(rows);
  }

  /** What all creates have cost in credits, as far as the server said so. */
  public BigDecimal creditsUsed() {
    return cost.credits();
  }

  /** How many rows are in a state. */
  public long count(RowState state) {
    return rows.getOrDefault(state, 0L);
  }

  /** All rows. */
  public long total() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether every row has its video; so it is if there are no rows. */
  public boolean isComplete() {
    return count(RowState.SAVED) == total();
  }
}
