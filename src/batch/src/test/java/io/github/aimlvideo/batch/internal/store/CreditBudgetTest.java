package io.github.aimlvideo.batch.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.internal.store.CreateTable.Group;
import io.github.aimlvideo.batch.internal.store.CreateTable.Outcome;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How creates of other workers count, whose quotes were others. */
class CreditBudgetTest {
  private static final SpendingLimit LIMIT = new SpendingLimit(BigDecimal.valueOf(300), false);

  private static BigDecimal credits(int credits) {
    return BigDecimal.valueOf(credits);
  }

  private static Cost cost(int credits) {
    return Cost.ofCredits(credits(credits));
  }

  private static boolean allows(int quote, Group... creates) {
    return new CreditBudget(List.of(creates)).allows("kind", credits(quote), LIMIT, false);
  }

  @Test
  void createInProgressCountsAsItWasQuoted() {
    Group accepted = new Group("kind", credits(100), Outcome.ACCEPTED, null, 1);
    Group pending = new Group("kind", credits(150), Outcome.PENDING, null, 1);

    assertThat(allows(50, accepted, pending)).isTrue();
    assertThat(allows(51, accepted, pending)).isFalse();
  }

  @Test
  void largerOneOfQuoteAndCostCounts() {
    Group charged = new Group("kind", credits(50), Outcome.ACCEPTED, cost(150), 1);
    Group pending = new Group("kind", credits(50), Outcome.PENDING, null, 1);

    assertThat(allows(50, charged)).isTrue();
    assertThat(allows(50, charged, pending)).isFalse();
    assertThat(allows(151, charged)).isFalse();
  }

  @Test
  void firstOfAKindProvesItsQuote() {
    Group pending = new Group("kind", credits(10), Outcome.PENDING, null, 1);
    Group other = new Group("other", credits(10), Outcome.PENDING, null, 1);

    assertThat(allows(10, pending)).isFalse();
    assertThat(allows(10, other)).isTrue();
  }

  @Test
  void createInProgressOfUnknownPriceHoldsUpOthers() {
    Group pending = new Group("other", null, Outcome.PENDING, null, 1);

    assertThat(allows(10, pending)).isFalse();
    assertThat(new CreditBudget(List.of(pending)).mayAllowLater()).isTrue();
  }

  @Test
  void costOfNothingIsNotFinalWhereOneIsExpected() {
    Group late = new Group("kind", credits(100), Outcome.ACCEPTED, cost(0), 2);
    Group charged = new Group("kind", null, Outcome.ACCEPTED, cost(120), 1);
    Group unquoted = new Group("kind", null, Outcome.ACCEPTED, cost(0), 1);

    assertThat(allows(100, late)).isTrue();
    assertThat(allows(101, late)).isFalse();
    assertThat(allows(10, unquoted, charged)).isFalse();
    assertThat(new CreditBudget(List.of(late)).unknownCosts()).isEqualTo(2);
  }

  @Test
  void whatIsFreeByItsQuoteCostsNothing() {
    Group free = new Group("kind", credits(0), Outcome.ACCEPTED, cost(0), 2);

    assertThat(new CreditBudget(List.of(free)).unknownCosts()).isZero();
  }

  @Test
  void unitsThatDisagreeCountAsTheLargerOne() {
    Cost odd = new Cost(cost(250).usd(), credits(100));
    Group charged = new Group("kind", null, Outcome.ACCEPTED, odd, 1);

    assertThat(allows(10, charged)).isFalse();
  }
}
