package io.github.aimlvideo.batch;

import java.util.Optional;

/** A limit of credits or dollars cannot be promised, as a price is not known; nothing was sent. */
public final class UnknownPriceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<String> row;
  private final String reason;

  /**
   * The price of a row is not known.
   *
   * @param limit such as {@code maxUsd 2.50}
   * @param reason why it is not known
   */
  public UnknownPriceException(String limit, String row, String reason) {
    super(limit + " cannot be promised: the price of row " + row + " is not known: " + reason);
    this.row = Optional.of(row);
    this.reason = reason;
  }

  /** The cost of an earlier create is not known. */
  public UnknownPriceException(String limit) {
    super(limit + " cannot be promised: the cost of earlier rows is not known");
    row = Optional.empty();
    reason = "the server did not tell it";
  }

  /** A row whose price is not known; empty if it is that of an earlier create. */
  public Optional<String> row() {
    return row;
  }

  /** Why the price is not known, for a person. */
  public String reason() {
    return reason;
  }
}
