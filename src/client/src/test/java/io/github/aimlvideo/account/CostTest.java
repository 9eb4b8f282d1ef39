package io.github.aimlvideo.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values of an account. */
class CostTest {
  @Test
  void twoMillionCreditsAreADollar() {
    assertThat(Cost.ofUsd(new BigDecimal("0.28"))).isEqualTo(Cost.ofCredits(credits(560_000)));
    assertThat(Cost.ofCredits(credits(1)).usd()).isEqualTo("0.0000005");
    assertThat(Cost.ofCredits(new BigDecimal("2e12")))
        .hasToString("$1000000.00 (2000000000000 credits)");
  }

  @Test
  void equalAmountsAreEqual() {
    Cost cost = Cost.ofUsd(new BigDecimal("0.280"));

    assertThat(cost).isEqualTo(Cost.ofUsd(new BigDecimal("0.28")));
    assertThat(cost).hasToString("$0.28 (560000 credits)");
    assertThat(cost.plus(cost)).isEqualTo(cost.times(2)).isGreaterThan(cost);
    assertThat(Cost.ZERO.plus(cost)).isEqualTo(cost);
  }

  @Test
  void negativeAmountIsRefused() {
    assertThatThrownBy(() -> Cost.ofUsd(new BigDecimal("-0.1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("usd < 0: -0.1");
  }

  @ParameterizedTest
  @CsvSource({"USD, 3", "usd, 3", "'', 3", "CREDITS, 0.0000015", "EUR,"})
  void balanceInDollars(String currency, BigDecimal usd) {
    Balance balance = new Balance(new BigDecimal(3), currency, Optional.empty());

    assertThat(balance.usd()).isEqualTo(Optional.ofNullable(usd));
  }

  @Test
  void queryNeedsOnePeriodOfAtMost92Days() {
    Instant now = Instant.parse("2026-01-20T00:00:00Z");

    assertThatThrownBy(() -> LogQuery.last(Duration.ZERO)).hasMessage("period <= 0: PT0S");
    assertThatThrownBy(() -> LogQuery.last(Duration.ofDays(93)))
        .hasMessage("period > 92 days: PT2232H");
    assertThatThrownBy(() -> LogQuery.between(now, now)).hasMessage("period <= 0: PT0S");
    assertThatThrownBy(() -> LogQuery.last(Duration.ofDays(1)).withLimit(0))
        .hasMessage("limit < 1: 0");
    assertThatThrownBy(
            () ->
                new LogQuery(
                    Optional.of(Duration.ofDays(1)),
                    Optional.of(now),
                    Optional.of(now.plusSeconds(1)),
                    List.of(),
                    List.of(),
                    1))
        .hasMessage("the logs need either a period or start and end");
  }

  private static BigDecimal credits(long credits) {
    return BigDecimal.valueOf(credits);
  }
}
