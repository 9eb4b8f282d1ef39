package io.github.aimlvideo.batch.audit;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.account.LoggedRequest;
import io.github.aimlvideo.account.Transaction;
import io.github.aimlvideo.batch.audit.Generation.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Generations, entries of logs and entries of a ledger, at times before a fixed instant. */
final class Records {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Records() {}

  static Cost credits(long credits) {
    return Cost.ofCredits(BigDecimal.valueOf(credits));
  }

  /** A create of the row {@code fox} that reported 100 credits, and whose generation has ended. */
  static Generation generation(Stage stage, String id, Duration ago) {
    return new Generation(
        stage,
        Optional.of("fox"),
        Optional.ofNullable(id),
        Optional.of("request"),
        Optional.of("kling"),
        id == null ? Optional.empty() : Optional.of(credits(100)),
        Optional.of(NOW.minus(ago)),
        stage != Stage.IN_PROGRESS && stage != Stage.SUSPENDED,
        Optional.empty());
  }

  static LoggedRequest log(String id, String status, String clientRequestId, Duration ago) {
    return new LoggedRequest(
        Optional.of(id),
        Optional.of(NOW.minus(ago)),
        status,
        Optional.of("kling"),
        Optional.of(status.equals("failed") ? Cost.ZERO : credits(100)),
        Optional.ofNullable(clientRequestId),
        Optional.empty());
  }

  static Transaction charge(String id, long credits) {
    return charge(id, credits, Duration.ofHours(2));
  }

  static Transaction charge(String id, long credits, Duration ago) {
    return entry("CHARGE", "MODEL_USAGE", id, Optional.of(credits(credits)), ago);
  }

  static Transaction refund(String id, long credits) {
    return entry("TOPUP", "REFUND", id, Optional.of(credits(credits)), Duration.ofHours(1));
  }

  static Transaction entry(
      String direction, String type, String id, Optional<Cost> amount, Duration ago) {
    return new Transaction(
        Optional.of(NOW.minus(ago)),
        direction,
        type,
        amount,
        Optional.of("kling"),
        Optional.ofNullable(id));
  }
}
