package io.github.aimlvideo.account;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A request to a model as the vendor's logs list it; of a generation, its create. What the server
 * left out, or sent in a form that cannot be read, is empty.
 *
 * @param id the id of the inference: for a create, the generation's id
 * @param created when it was made, by the server's clock
 * @param status its final status in the server's own word: {@code succeeded} or {@code failed}
 * @param model the name of the model
 * @param cost what it cost by the logs, which do not move the balance
 * @param clientRequestId the {@code X-Client-Request-Id} of the request
 * @param requestId the server's id of the request
 */
public record LoggedRequest(
    Optional<String> id,
    Optional<Instant> created,
    String status,
    Optional<String> model,
    Optional<Cost> cost,
    Optional<String> clientRequestId,
    Optional<String> requestId) {
  /** A request with all its parts. */
  public LoggedRequest {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(cost, "cost");
    Objects.requireNonNull(clientRequestId, "clientRequestId");
    Objects.requireNonNull(requestId, "requestId");
  }

  /** Whether it failed; the vendor does not charge for that. */
  public boolean isFailed() {
    return status.equalsIgnoreCase("failed");
  }
}
