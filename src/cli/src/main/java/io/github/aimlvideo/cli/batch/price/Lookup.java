package io.github.aimlvideo.cli.batch.price;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.account.TimeLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the server said, or why that is not known; the command continues either way.
 *
 * @param reason empty if there is a value
 */
record Lookup<T>(Optional<T> value, String reason) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /**
   * Asks the server, for 30 s at most.
   *
   * @param what for messages, such as {@code the catalogue}
   */
  static <T> Lookup<T> of(String what, Supplier<T> call) {
    try {
      return new Lookup<>(Optional.of(TimeLimit.within(LIMIT, what, call)), "");
    } catch (ApiException e) {
      return unknown(ErrorMessage.reason(e));
    }
  }

  static <T> Lookup<T> unknown(String reason) {
    return new Lookup<>(Optional.empty(), reason);
  }
}
