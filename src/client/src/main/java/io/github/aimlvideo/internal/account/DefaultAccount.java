package io.github.aimlvideo.internal.account;

import io.github.aimlvideo.account.Account;
import io.github.aimlvideo.account.Balance;
import io.github.aimlvideo.account.LogQuery;
import io.github.aimlvideo.account.LoggedRequest;
import io.github.aimlvideo.account.Transaction;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.http.ApiResponse;
import io.github.aimlvideo.internal.http.ReadOperation;
import io.github.aimlvideo.model.BalanceResponse;
import io.github.aimlvideo.model.TransactionDirection;
import io.github.aimlvideo.model.TransactionType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The account of the API key. */
public final class DefaultAccount implements Account {
  private final OperationContext context;
  private final ApiHttp api;

  /** The account of this API's key. */
  public DefaultAccount(OperationContext context, ApiHttp api) {
    this.context = context;
    this.api = api;
  }

  @Override
  public Balance balance() {
    ApiResponse<BalanceResponse> response =
        ReadOperation.await(
            context,
            "reading the balance",
            () -> api.read(api.billing().getBalance()),
            read -> read.has(BalanceResponse::getCurrentBalance),
            Duration.ZERO);
    BalanceResponse body = Objects.requireNonNull(response.body(), "usable");
    return new Balance(
        Objects.requireNonNull(body.getCurrentBalance(), "usable"),
        Objects.requireNonNullElse(body.getCurrency(), ""),
        Optional.ofNullable(response.headers().getInstant("Date")));
  }

  @Override
  public List<Transaction> transactions(Instant from, @Nullable Instant to) {
    return new Ledger(context, api, from, to, null, null).read();
  }

  @Override
  public List<Transaction> charges(Instant from, @Nullable Instant to) {
    return new Ledger(
            context, api, from, to, TransactionDirection.CHARGE, TransactionType.MODEL_USAGE)
        .read();
  }

  @Override
  public List<LoggedRequest> logs(LogQuery query) {
    return new LogPages(context, api, query).read();
  }
}
