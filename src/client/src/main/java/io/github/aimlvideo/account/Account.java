package io.github.aimlvideo.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account that the API key belongs to: its balance, its ledger and its logs. All calls block,
 * retry as the client's {@link io.github.aimlvideo.RetryPolicy} says, and can be interrupted. Safe
 * for use by many threads.
 *
 * <p>Each fails with an {@link io.github.aimlvideo.ApiException} if the server refuses, cannot be
 * reached, or ends a list in the middle: 401 for an invalid key, 403 for a management key.
 */
public interface Account {
  /** What the account can still spend. */
  Balance balance();

  /**
   * All entries of the ledger in a period, newest first: charges, payments, refunds. A charge
   * appears some time after its generation has completed; a failed generation has none.
   *
   * @param to null for now, by the server's clock
   * @throws IllegalArgumentException if {@code to} is not later than {@code from}
   */
  List<Transaction> transactions(Instant from, @Nullable Instant to);

  /**
   * The charges for the use of models in a period, newest first.
   *
   * @param to null for now, by the server's clock
   * @throws IllegalArgumentException if {@code to} is not later than {@code from}
   */
  List<Transaction> charges(Instant from, @Nullable Instant to);

  /**
   * Requests from the vendor's logs, newest first, each of them once. A generation may appear only
   * after it has ended.
   */
  List<LoggedRequest> logs(LogQuery query);
}
