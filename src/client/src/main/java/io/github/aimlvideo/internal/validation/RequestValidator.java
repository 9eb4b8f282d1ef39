package io.github.aimlvideo.internal.validation;

import io.github.aimlvideo.internal.values.ShortText;
import java.util.List;
import java.util.Objects;

/** Refuses requests that violate the contract. */
public final class RequestValidator {
  private RequestValidator() {}

  /**
   * Accepts a request that satisfies the contract.
   *
   * @throws IllegalArgumentException if it does not; one line names every violation
   */
  public static void check(Object request) {
    Objects.requireNonNull(request, "request");
    List<String> violations = RequestConverter.violations(request);
    if (violations.isEmpty()) return;
    throw new IllegalArgumentException(ShortText.message(String.join("; ", violations)));
  }
}
