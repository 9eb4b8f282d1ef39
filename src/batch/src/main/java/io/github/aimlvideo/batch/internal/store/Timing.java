package io.github.aimlvideo.batch.internal.store;

import java.time.Duration;

/**
 * Times that no caller sets.
 *
 * @param heartbeat a worker that is silent for six of them is dead
 * @param responseTime how long after its create a row is left alone. A client that takes longer is
 *     still heard: a late response counts, whatever the search has found by then.
 * @param searchInterval how often the logs are searched for one create
 * @param retryDelay before a step that failed is repeated
 * @param priceInterval how old a catalogue may be when a create is sent by its prices
 * @param catalogTimeout how long to wait for the catalogue
 */
public record Timing(
    Duration heartbeat,
    Duration responseTime,
    Duration searchInterval,
    Duration retryDelay,
    Duration priceInterval,
    Duration catalogTimeout) {
  public static final Timing DEFAULT =
      new Timing(
          Duration.ofSeconds(5),
          Duration.ofSeconds(150),
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          Duration.ofSeconds(20));
}
