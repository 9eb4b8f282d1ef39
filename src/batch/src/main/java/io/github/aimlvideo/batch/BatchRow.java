package io.github.aimlvideo.batch;

import io.github.aimlvideo.account.Cost;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of a batch as it was when it was read.
 *
 * @param name unique in its batch
 * @param model of its request
 * @param clientRequestId of its last create; finds it in the vendor's logs
 * @param generationId once the create was accepted
 * @param cost of the last create, where the server said so
 * @param attempts how many creates were sent for it, rejected ones included
 * @param reason why it failed, or why it is not done
 * @param location where the video is: a file, or what the {@link VideoSink} returned
 * @param sentAt when the last create was sent, by the clock of the database
 * @param endedAt when the generation was seen to end
 * @param worker who sent the last create
 */
public record BatchRow(
    String name,
    RowState state,
    String model,
    Optional<String> clientRequestId,
    Optional<String> generationId,
    Optional<Cost> cost,
    int attempts,
    Optional<String> reason,
    Optional<String> location,
    Optional<Instant> sentAt,
    Optional<Instant> endedAt,
    Optional<String> worker) {

  /** What the last create cost in credits, where the server said so. */
  public Optional<BigDecimal> creditsUsed() {
    return cost.map(Cost::credits);
  }

  /** From the create to the end of the generation. */
  public Optional<Duration> elapsed() {
    return sentAt
        .flatMap(sent -> endedAt.map(ended -> Duration.between(sent, ended)))
        .filter(time -> !time.isNegative());
  }
}
