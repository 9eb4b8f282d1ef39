package io.github.aimlvideo.batch.audit;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.internal.store.CreditBudget;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives the verdict on a generation and its charges.
 *
 * @param now by the server's clock
 */
record Judge(Instant now) {
  /** A batch that works on a row saves its video sooner after the charge. */
  private static final Duration IN_PROGRESS = Duration.ofHours(1);

  /** The entry of a generation; empty if there is none to speak of. */
  Optional<AuditEntry> entry(Generation generation, Charges charges) {
    Optional<Verdict> verdict =
        charges.isPaid() ? Optional.of(paid(generation, charges)) : unpaid(generation, charges);
    return verdict.map(it -> entry(it, generation, charges));
  }

  private AuditEntry entry(Verdict verdict, Generation generation, Charges charges) {
    return new AuditEntry(
        verdict,
        generation.row(),
        generation.id(),
        generation.clientRequestId(),
        generation.model().or(charges::model),
        generation.cost(),
        charges.entries(),
        generation.isVideoMissing(),
        verdict == Verdict.NOT_CHARGED_YET
            ? generation.endedAt().map(this::age)
            : Optional.empty());
  }

  private Duration age(Instant at) {
    Duration age = Duration.between(at, now);
    return age.isNegative() ? Duration.ZERO : age; // clocks may differ
  }

  private Verdict paid(Generation generation, Charges charges) {
    if (generation.isFailed()) return Verdict.CHARGED_ALTHOUGH_FAILED;
    return switch (generation.stage()) {
      case LOST, REJECTED -> Verdict.CHARGE_WITHOUT_ROW;
      case EXTRA -> Verdict.CHARGED_TWICE;
      case UNLISTED -> unlisted(charges);
      default -> {
        if (charges.isTwice(generation.cost())) yield Verdict.CHARGED_TWICE;
        yield paidOnce(generation, charges);
      }
    };
  }

  /** The logs come from analytics, which may be behind the ledger. */
  private Verdict unlisted(Charges charges) {
    return charges.isBefore(now.minus(AuditReport.RECENT))
        ? Verdict.CHARGE_WITHOUT_ROW
        : Verdict.UNKNOWN;
  }

  private Verdict paidOnce(Generation generation, Charges charges) {
    return switch (generation.stage()) {
      case DELETED, SUSPENDED -> Verdict.CHARGED_NOT_SAVED;
      case IN_PROGRESS ->
          charges.isBefore(now.minus(IN_PROGRESS)) ? Verdict.CHARGED_NOT_SAVED : Verdict.RUNNING;
      default ->
          generation.cost().filter(charges::differs).isPresent()
              ? Verdict.CHARGED_OTHERWISE
              : Verdict.OK;
    };
  }

  private Optional<Verdict> unpaid(Generation generation, Charges charges) {
    boolean needsLog = generation.stage() == Generation.Stage.REJECTED;
    if (needsLog && !generation.isLoggedSuccess()) return Optional.empty();
    if (generation.isFailed()) return Optional.of(Verdict.OK);
    return Optional.of(
        switch (generation.stage()) {
          case IN_PROGRESS, SUSPENDED ->
              generation.hasEnded() ? due(generation, charges) : Verdict.RUNNING;
          case LOST, REJECTED, EXTRA ->
              generation.isLoggedSuccess() ? due(generation, charges) : Verdict.UNKNOWN;
          default -> due(generation, charges);
        });
  }

  /** A charge that was paid back has come, and what costs nothing has none. */
  private static Verdict due(Generation generation, Charges charges) {
    boolean isFree = generation.cost().filter(Judge::isNothing).isPresent();
    return isFree || !charges.isEmpty() ? Verdict.OK : Verdict.NOT_CHARGED_YET;
  }

  private static boolean isNothing(Cost cost) {
    return CreditBudget.credits(cost).compareTo(BigDecimal.ONE) < 0;
  }
}
