package io.github.aimlvideo.batch;

import io.github.aimlvideo.account.Account;
import io.github.aimlvideo.account.Balance;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.account.LogQuery;
import io.github.aimlvideo.account.LoggedRequest;
import io.github.aimlvideo.account.Transaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An account with charges of 100 credits, and with logs. */
final class FakeLedger implements Account {
  final List<Transaction> ledger = new ArrayList<>();
  final List<LoggedRequest> logs = new ArrayList<>();

  /** Since when the ledger was asked for; null if it was not. */
  Instant from;

  /** The period that the logs were asked for. */
  Duration period;

  /** How much the server's clock is ahead. */
  Duration clock = Duration.ZERO;

  private static final Optional<Cost> COST = Optional.of(Cost.ofCredits(BigDecimal.valueOf(100)));
  private static final Optional<String> MODEL = Optional.of("kling");

  void charge(String id) {
    Optional<Instant> at = Optional.of(Instant.now());
    ledger.add(new Transaction(at, "CHARGE", "MODEL_USAGE", COST, MODEL, Optional.of(id)));
  }

  void log(String id, String clientRequestId) {
    Optional<Instant> at = Optional.of(Instant.now());
    logs.add(
        new LoggedRequest(
            Optional.of(id),
            at,
            "succeeded",
            MODEL,
            COST,
            Optional.of(clientRequestId),
            Optional.empty()));
  }

  @Override
  public Balance balance() {
    return new Balance(BigDecimal.TEN, "USD", Optional.of(Instant.now().plus(clock)));
  }

  @Override
  public List<Transaction> transactions(Instant from, Instant to) {
    this.from = from;
    return ledger;
  }

  @Override
  public List<Transaction> charges(Instant from, Instant to) {
    throw new UnsupportedOperationException("an audit needs refunds too");
  }

  @Override
  public List<LoggedRequest> logs(LogQuery query) {
    period = query.period().orElseThrow();
    return logs;
  }
}
