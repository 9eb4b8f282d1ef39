package io.github.aimlvideo.batch;

import java.math.BigDecimal;
import java.util.Optional;

/** A limit of credits cannot be promised, as a price is not known; nothing was sent. */
public final class UnknownPriceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<String> row;

  /**
   * For a limit.
   *
   * @param row a row whose price is not known; empty if it is that of an earlier create
   */
  public UnknownPriceException(BigDecimal limit, Optional<String> row) {
    super(
        "maxCredits "
            + limit.toPlainString()
            + " cannot be promised: the price of "
            + row.map(name -> "row " + name).orElse("earlier rows")
            + " is not known yet");
    this.row = row;
  }

  /** A row whose price is not known; empty if it is that of an earlier create. */
  public Optional<String> row() {
    return row;
  }
}
