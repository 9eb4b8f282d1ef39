package io.github.aimlvideo.account;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An entry of the ledger. What the server left out, or sent in a form that cannot be read, is
 * empty.
 *
 * @param createdAt when it was booked, by the server's clock; later than the generation completed
 * @param direction as the server says it: {@code CHARGE} or {@code TOPUP}
 * @param type as the server says it, such as {@code MODEL_USAGE}, {@code REFUND} or {@code PAYMENT}
 * @param amount how much, in either direction
 * @param model the model that was used
 * @param referenceId of model usage, the id of the inference: for a create, the generation's id
 */
public record Transaction(
    Optional<Instant> createdAt,
    String direction,
    String type,
    Optional<Cost> amount,
    Optional<String> model,
    Optional<String> referenceId) {
  /** A transaction with all its parts. */
  public Transaction {
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(referenceId, "referenceId");
  }

  /** Whether it takes from the balance. */
  public boolean isCharge() {
    return direction.equalsIgnoreCase("CHARGE");
  }

  /** Whether it is a charge for the use of a model. */
  public boolean isModelUsage() {
    return isCharge() && type.equalsIgnoreCase("MODEL_USAGE");
  }
}
