package io.github.aimlvideo.batch.audit;

import static io.github.aimlvideo.batch.audit.Records.NOW;
import static io.github.aimlvideo.batch.audit.Records.charge;
import static io.github.aimlvideo.batch.audit.Records.credits;
import static io.github.aimlvideo.batch.audit.Records.entry;
import static io.github.aimlvideo.batch.audit.Records.generation;
import static io.github.aimlvideo.batch.audit.Records.log;
import static io.github.aimlvideo.batch.audit.Records.refund;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.account.LoggedRequest;
import io.github.aimlvideo.account.Transaction;
import io.github.aimlvideo.batch.audit.Generation.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BatchVerdictTest {
  private static final Duration DAY = Duration.ofDays(1);
  private final List<LoggedRequest> logs = new ArrayList<>();
  private final List<Transaction> ledger = new ArrayList<>();

  private AuditReport audit(Generation... generations) {
    return new Auditor(logs, ledger, NOW).batch(List.of(generations), NOW.minus(DAY));
  }

  private AuditReport audit(Stage stage) {
    return audit(generation(stage, "id", DAY));
  }

  private static void assertVerdict(AuditReport report, Verdict verdict) {
    assertThat(report.entries()).extracting(AuditEntry::verdict).containsExactly(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "SAVED, OK",
    "ENDED, OK",
    "DELETED, CHARGED_NOT_SAVED",
    "SUSPENDED, CHARGED_NOT_SAVED",
    "IN_PROGRESS, CHARGED_NOT_SAVED",
    "FAILED, CHARGED_ALTHOUGH_FAILED",
    "LOST, CHARGE_WITHOUT_ROW",
    "EXTRA, CHARGED_TWICE",
  })
  void chargeOfYesterday(Stage stage, Verdict verdict) {
    ledger.add(charge("id", 100, DAY));

    assertVerdict(audit(stage), verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "SAVED, NOT_CHARGED_YET",
    "ENDED, NOT_CHARGED_YET",
    "DELETED, NOT_CHARGED_YET",
    "SUSPENDED, RUNNING",
    "IN_PROGRESS, RUNNING",
    "FAILED, OK",
    "LOST, UNKNOWN",
    "EXTRA, UNKNOWN",
  })
  void noCharge(Stage stage, Verdict verdict) {
    assertVerdict(audit(stage), verdict);
  }

  @Test
  void rowInProgressMayBeChargedBeforeItsVideoIsSaved() {
    ledger.add(charge("id", 100, Duration.ofMinutes(59)));

    assertVerdict(audit(Stage.IN_PROGRESS), Verdict.RUNNING);
  }

  @ParameterizedTest
  @CsvSource({"23, false", "25, true"})
  void chargeThatIsLateNeedsAttentionAfterADay(int hours, boolean needsAttention) {
    AuditReport report = audit(generation(Stage.SAVED, "id", Duration.ofHours(hours)));

    AuditEntry entry = report.entries().get(0);
    assertThat(entry.verdict()).isEqualTo(Verdict.NOT_CHARGED_YET);
    assertThat(entry.late()).contains(Duration.ofHours(hours));
    assertThat(entry.needsAttention()).isEqualTo(needsAttention);
    assertThat(report.isWell()).isEqualTo(!needsAttention);
  }

  @Test
  void clockThatIsAheadMakesNothingLate() {
    AuditReport report = audit(generation(Stage.SAVED, "id", Duration.ofMinutes(-5)));

    assertThat(report.entries().get(0).late()).contains(Duration.ZERO);
  }

  // several entries of one generation

  @ParameterizedTest
  @CsvSource({
    "100, 100, 0, CHARGED_TWICE",
    "100, 100, 100, OK",
    "100, 100, 50, CHARGED_TWICE",
    "60, 40, 0, OK",
    "60, 41, 0, CHARGED_TWICE",
    "60, 30, 0, CHARGED_OTHERWISE",
    "100, 0, 100, OK",
    "100, 0, 50, OK",
    "0, 0, 0, NOT_CHARGED_YET",
  })
  void chargesAndRefundsAreHeldAgainstTheReportedCost(
      long first, long second, long refund, Verdict verdict) {
    if (first > 0) ledger.add(charge("id", first));
    if (second > 0) ledger.add(charge("id", second));
    if (refund > 0) ledger.add(refund("id", refund));

    assertVerdict(audit(Stage.SAVED), verdict);
  }

  @ParameterizedTest
  @CsvSource({"100.6, OK", "101, CHARGED_OTHERWISE", "99, CHARGED_OTHERWISE", "99.5, OK"})
  void lessThanACreditIsRounding(BigDecimal amount, Verdict verdict) {
    Cost cost = Cost.ofCredits(amount);
    ledger.add(entry("CHARGE", "MODEL_USAGE", "id", Optional.of(cost), DAY));

    assertVerdict(audit(Stage.SAVED), verdict);
  }

  @Test
  void bothAmountsAreKeptIfTheyDiffer() {
    ledger.add(charge("id", 250));

    AuditEntry entry = audit(Stage.SAVED).entries().get(0);

    assertThat(entry.verdict()).isEqualTo(Verdict.CHARGED_OTHERWISE);
    assertThat(entry.reported()).contains(credits(100));
    assertThat(entry.charged()).isEqualTo(credits(250));
  }

  @ParameterizedTest
  @CsvSource({"100, OK", "0, CHARGED_TWICE"})
  void withoutAReportedCostTheLogsTellIt(long logged, Verdict verdict) {
    Generation unpriced = withoutCost(generation(Stage.SAVED, "id", DAY));
    if (logged > 0) logs.add(log("id", "succeeded", "request", DAY));
    ledger.addAll(List.of(charge("id", 60), charge("id", 40)));

    assertVerdict(audit(unpriced), verdict);
  }

  private static Generation withoutCost(Generation it) {
    return new Generation(
        it.stage(),
        it.row(),
        it.id(),
        it.clientRequestId(),
        it.model(),
        Optional.empty(),
        it.endedAt(),
        it.hasEnded(),
        it.log());
  }

  @Test
  void chargeThatCannotBeReadIsOne() {
    ledger.add(entry("CHARGE", "MODEL_USAGE", "id", Optional.empty(), DAY));
    assertVerdict(audit(Stage.SAVED), Verdict.OK);
    assertVerdict(audit(Stage.FAILED), Verdict.CHARGED_ALTHOUGH_FAILED);

    ledger.add(charge("id", 100));
    assertVerdict(audit(Stage.SAVED), Verdict.CHARGED_TWICE);
  }

  @Test
  void failureThatWasPaidBackIsWell() {
    ledger.addAll(List.of(charge("id", 100), refund("id", 100)));

    AuditReport report = audit(Stage.FAILED);

    assertVerdict(report, Verdict.OK);
    assertThat(report.charged()).isEqualTo(credits(100));
    assertThat(report.refunded()).isEqualTo(credits(100));
  }

  @Test
  void videoThatWasChargedTwiceAndIsGoneIsBoth() {
    ledger.addAll(List.of(charge("id", 100), charge("id", 100)));

    AuditEntry entry = audit(Stage.DELETED).entries().get(0);

    assertThat(entry.verdict()).isEqualTo(Verdict.CHARGED_TWICE);
    assertThat(entry.isVideoMissing()).isTrue();
  }

  @Test
  void doubleChargeOfARowInProgressIsTold() {
    ledger.addAll(List.of(charge("id", 100, Duration.ZERO), charge("id", 100, Duration.ZERO)));

    assertVerdict(audit(Stage.IN_PROGRESS), Verdict.CHARGED_TWICE);
  }

  @ParameterizedTest
  @CsvSource({"SAVED, OK", "FAILED, CHARGED_ALTHOUGH_FAILED"})
  void chargeInDollarsAloneIsOne(Stage stage, Verdict verdict) {
    Cost dollars = new Cost(credits(100).usd(), BigDecimal.ZERO);
    ledger.add(entry("CHARGE", "MODEL_USAGE", "id", Optional.of(dollars), DAY));

    assertVerdict(audit(stage), verdict);
  }

  @Test
  void refundInDollarsAloneIsOne() {
    Cost dollars = new Cost(credits(100).usd(), BigDecimal.ZERO);
    ledger.add(charge("id", 100));
    ledger.add(entry("TOPUP", "REFUND", "id", Optional.of(dollars), DAY));

    assertVerdict(audit(Stage.FAILED), Verdict.OK);
  }

  @ParameterizedTest
  @CsvSource({
    "id:kling/v1, id, id",
    "id, id:kling/v1, id",
    "id, id, id:kling/v1",
  })
  void idMayHaveItsModelBehindIt(String batch, String log, String reference) {
    logs.add(log(log, "succeeded", "request", DAY));
    ledger.add(charge(reference, 100));

    AuditReport report = audit(generation(Stage.SAVED, batch, DAY));

    assertVerdict(report, Verdict.OK);
    assertThat(report.otherCharges()).isZero();
  }

  // what the logs add

  @Test
  void lostCreateIsFoundByItsClientRequestId() {
    logs.add(log("found", "succeeded", "request", DAY));
    ledger.add(charge("found", 100));

    AuditEntry entry = audit(generation(Stage.LOST, null, DAY)).entries().get(0);

    assertThat(entry.verdict()).isEqualTo(Verdict.CHARGE_WITHOUT_ROW);
    assertThat(entry.generationId()).contains("found");
    assertThat(entry.row()).contains("fox");
    assertThat(entry.isVideoMissing()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"succeeded, NOT_CHARGED_YET", "failed, OK"})
  void lostCreateWithoutAChargeIsAsTheLogsHaveIt(String status, Verdict verdict) {
    logs.add(log("found", status, "request", DAY));

    assertVerdict(audit(generation(Stage.LOST, null, DAY)), verdict);
  }

  @Test
  void lostCreateIsNotBlamedForOtherCharges() {
    logs.add(log("other", "succeeded", "another", DAY));
    ledger.addAll(List.of(charge("other", 100), charge("unlisted", 70), charge(null, 30)));

    AuditReport report = audit(generation(Stage.LOST, null, DAY));

    assertVerdict(report, Verdict.UNKNOWN);
    assertThat(report.isWell()).isTrue();
    assertThat(report.otherCharges()).isEqualTo(3);
    assertThat(report.otherCost()).isEqualTo(credits(200));
    assertThat(report.charged()).isEqualTo(credits(0));
  }

  @Test
  void rejectedCreateThatWasChargedIsTold() {
    logs.add(log("found", "succeeded", "request", DAY));
    ledger.add(charge("found", 100));

    assertVerdict(audit(generation(Stage.REJECTED, null, DAY)), Verdict.CHARGE_WITHOUT_ROW);
  }

  @Test
  void rejectedCreateThatTheLogsListAsAFailureIsNothing() {
    assertThat(audit(generation(Stage.REJECTED, null, DAY)).entries()).isEmpty();

    logs.add(log("found", "failed", "request", DAY));
    assertThat(audit(generation(Stage.REJECTED, null, DAY)).entries()).isEmpty();
  }

  @Test
  void secondGenerationOfOneCreateIsBoughtTwice() {
    logs.add(log("id", "succeeded", "request", DAY));
    logs.add(log("second", "succeeded", "request", DAY));
    ledger.addAll(List.of(charge("id", 100), charge("second", 100)));

    AuditReport report = audit(Stage.SAVED);

    assertThat(report.entries())
        .extracting(AuditEntry::verdict, entry -> entry.generationId().orElseThrow())
        .containsExactly(tuple(Verdict.CHARGED_TWICE, "second"), tuple(Verdict.OK, "id"));
    assertThat(report.otherCharges()).isZero();
  }

  @Test
  void failedAttemptOfACreateIsNoGeneration() {
    logs.add(log("attempt", "failed", "request", DAY));
    ledger.add(charge("id", 100));

    assertVerdict(audit(Stage.SAVED), Verdict.OK);
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"IN_PROGRESS", "SUSPENDED", "EXTRA", "ENDED"})
  void failureThatOnlyTheLogsHaveIsOne(Stage stage) {
    logs.add(log("id", "failed", "request", DAY));
    ledger.add(charge("id", 100));

    assertVerdict(audit(stage), Verdict.CHARGED_ALTHOUGH_FAILED);
  }

  @Test
  void videoIsBelievedRatherThanTheLogs() {
    logs.add(log("id", "failed", "request", DAY));
    ledger.add(charge("id", 100));

    assertVerdict(audit(Stage.SAVED), Verdict.OK);
  }

  @Test
  void worstIsFirst() {
    ledger.addAll(List.of(charge("fine", 100), charge("failed", 100)));

    AuditReport report =
        audit(
            generation(Stage.SAVED, "fine", DAY),
            generation(Stage.IN_PROGRESS, "running", DAY),
            generation(Stage.SAVED, "late", DAY),
            generation(Stage.FAILED, "failed", DAY));

    assertThat(report.entries())
        .extracting(AuditEntry::verdict)
        .containsExactly(
            Verdict.CHARGED_ALTHOUGH_FAILED, Verdict.NOT_CHARGED_YET, Verdict.RUNNING, Verdict.OK);
    assertThat(report.problems()).hasSize(1);
  }

  @Test
  void entriesThatAreNoChargesCountNowhere() {
    ledger.add(entry("TOPUP", "PAYMENT", "payment", Optional.of(credits(5_000)), DAY));
    ledger.add(entry("CHARGE", "CREDITS_EXPIRED", null, Optional.of(credits(7)), DAY));
    ledger.add(charge("id", 100));

    AuditReport report = audit(Stage.SAVED);

    assertVerdict(report, Verdict.OK);
    assertThat(report.otherCharges()).isZero();
  }
}
