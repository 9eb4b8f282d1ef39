package io.github.aimlvideo.batch.audit;

import static io.github.aimlvideo.batch.audit.Records.NOW;
import static io.github.aimlvideo.batch.audit.Records.charge;
import static io.github.aimlvideo.batch.audit.Records.credits;
import static io.github.aimlvideo.batch.audit.Records.entry;
import static io.github.aimlvideo.batch.audit.Records.log;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.account.LoggedRequest;
import io.github.aimlvideo.account.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs and ledger of an account, for the last 7 days. */
class AccountVerdictTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private final List<LoggedRequest> logs = new ArrayList<>();
  private final List<Transaction> ledger = new ArrayList<>();

  private AuditReport audit() {
    return new Auditor(logs, ledger, NOW).account(NOW.minus(WEEK));
  }

  private void assertVerdict(Verdict verdict) {
    assertThat(audit().entries()).extracting(AuditEntry::verdict).containsExactly(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "succeeded, 0, NOT_CHARGED_YET",
    "succeeded, 1, OK",
    "succeeded, 2, CHARGED_TWICE",
    "failed, 0, OK",
    "failed, 1, CHARGED_ALTHOUGH_FAILED",
  })
  void logsAreHeldAgainstTheLedger(String status, int charges, Verdict verdict) {
    logs.add(log("id", status, null, HOUR));
    for (int i = 0; i < charges; i++) ledger.add(charge("id", 100));

    assertVerdict(verdict);
  }

  @Test
  void idOfTheLogsMayHaveItsModelBehindIt() {
    logs.add(log("id:kling/v1", "succeeded", null, HOUR));
    ledger.add(charge("id", 100));

    assertVerdict(Verdict.OK);
    assertThat(audit().entries().get(0).generationId()).contains("id:kling/v1");
    assertThat(audit().otherCharges()).isZero();
  }

  @Test
  void otherAmountThanTheLogsHaveIsTold() {
    logs.add(log("id", "succeeded", null, HOUR));
    ledger.add(charge("id", 120));

    assertVerdict(Verdict.CHARGED_OTHERWISE);
  }

  @ParameterizedTest
  @CsvSource({"23, UNKNOWN", "25, CHARGE_WITHOUT_ROW"})
  void chargeThatTheLogsDoNotListMayBeAheadOfThem(int hours, Verdict verdict) {
    ledger.add(charge("id", 100, Duration.ofHours(hours)));

    assertVerdict(verdict);
  }

  @Test
  void chargeWithoutAReferenceIsTold() {
    ledger.add(charge(null, 100, Duration.ofDays(2)));

    assertVerdict(Verdict.CHARGE_WITHOUT_ROW);
    assertThat(audit().otherCharges()).isZero();
  }

  @Test
  void lateChargeOfAnEarlierGenerationIsNotBlamed() {
    logs.add(log("id", "succeeded", null, WEEK.plusHours(2)));
    ledger.add(charge("id", 100, WEEK.minusHours(2)));

    AuditReport report = audit();

    assertThat(report.entries()).isEmpty();
    assertThat(report.otherCharges()).isEqualTo(1);
    assertThat(report.otherCost()).isEqualTo(credits(100));
  }

  @Test
  void whatCostsNothingHasNoCharge() {
    LoggedRequest paid = log("id", "succeeded", null, HOUR);
    logs.add(
        new LoggedRequest(
            paid.id(),
            paid.created(),
            paid.status(),
            paid.model(),
            Optional.of(credits(0)),
            Optional.empty(),
            Optional.empty()));

    assertVerdict(Verdict.OK);
  }

  @Test
  void paymentsAndTheirReferencesAreNoCharges() {
    ledger.add(entry("TOPUP", "PAYMENT", "pay", Optional.of(credits(5)), Duration.ofDays(3)));

    assertThat(audit().entries()).isEmpty();
  }
}
