package io.github.aimlvideo.batch.audit;

import java.util.Locale;

/** What an audit finds of a generation or a charge, the worst first. */
public enum Verdict {
  /**
   * A charge that no row of the batch accounts for: the create was taken for lost or rejected. Of
   * an account, a charge that the logs do not list.
   */
  CHARGE_WITHOUT_ROW("charge without a row"),
  /**
   * Several entries of the ledger come to more than the reported cost, or one request of a row was
   * created and charged twice.
   */
  CHARGED_TWICE("charged twice"),
  /** The generation failed, which is not charged by the vendor's rules. */
  CHARGED_ALTHOUGH_FAILED("charged although failed"),
  /** The batch has no video of it, or it is gone from its folder. */
  CHARGED_NOT_SAVED("charged, video not saved"),
  /** The charge is not what the create reported. */
  CHARGED_OTHERWISE("charged other than reported"),
  /** It has completed, and the ledger has no entry of it. A charge comes with some delay. */
  NOT_CHARGED_YET("not charged yet"),
  /** Its outcome is unknown, and the ledger has no charge of it. */
  UNKNOWN("unknown"),
  /** The batch is still at it. */
  RUNNING("running"),
  /** It is charged as it should be. */
  OK("ok");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** Whether a person has to see to it, however recent it is. */
  public boolean isProblem() {
    return compareTo(NOT_CHARGED_YET) < 0;
  }

  /** In plain words, such as {@code charged twice}. */
  public String label() {
    return label;
  }

  /** For programs, such as {@code charged-twice}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
