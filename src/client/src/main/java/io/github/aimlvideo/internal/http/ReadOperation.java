package io.github.aimlvideo.internal.http;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.internal.core.EventDispatcher;
import io.github.aimlvideo.internal.core.Failures;
import io.github.aimlvideo.internal.core.Operation;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.core.OperationFuture;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request that changes nothing, retried until its response can be used. */
public final class ReadOperation<T> extends Operation<ApiResponse<T>> {
  private final String what;
  private final Supplier<HttpCall<T>> newCall;
  private final Predicate<ApiResponse<T>> isUsable;
  private final Duration delay;
  private int failures;

  private ReadOperation(
      OperationContext context,
      String what,
      Supplier<HttpCall<T>> newCall,
      Predicate<ApiResponse<T>> isUsable,
      Duration delay) {
    super(
        context,
        new EventDispatcher(null, Runnable::run, Runnable::run),
        new CompletableFuture<>());
    this.what = what;
    this.newCall = newCall;
    this.isUsable = isUsable;
    this.delay = delay;
  }

  /**
   * Sends a request after a delay and waits for its response.
   *
   * @param what for messages, such as {@code reading the balance}
   * @param isUsable whether a response is what was asked for; any other is a failure
   * @throws ApiException if there is no such response
   */
  public static <T> ApiResponse<T> await(
      OperationContext context,
      String what,
      Supplier<HttpCall<T>> newCall,
      Predicate<ApiResponse<T>> isUsable,
      Duration delay) {
    context.checkOpen();
    return send(context, what, newCall, isUsable, delay).await();
  }

  /** The same without a wait; after the client is closed, the future fails. */
  public static <T> OperationFuture<ApiResponse<T>> send(
      OperationContext context,
      String what,
      Supplier<HttpCall<T>> newCall,
      Predicate<ApiResponse<T>> isUsable,
      Duration delay) {
    OperationFuture<ApiResponse<T>> future = new OperationFuture<>();
    ReadOperation<T> operation = new ReadOperation<>(context, what, newCall, isUsable, delay);
    future.run(operation, future::complete);
    return future;
  }

  @Override
  protected void begin() {
    if (delay.isZero()) request();
    else schedule(this::request, delay);
  }

  private void request() {
    if (isDone()) return;
    HttpCall<T> call = newCall.get();
    awaiting(call::cancel);
    call.send().whenComplete((response, failure) -> step(() -> received(response, failure)));
  }

  private void received(@Nullable ApiResponse<T> response, @Nullable Throwable failure) {
    if (isDone()) return;
    if (response == null) {
      Throwable cause = Objects.requireNonNull(failure, "no response");
      retry(failed(cause), Failures.isLasting(cause), Duration.ZERO);
    } else if (isUsable.test(response)) {
      succeedNow(response);
    } else if (response.isSuccess()) {
      retry(ApiExceptions.unreadable(response, null, null), false, response.retryAfter());
    } else {
      ApiException refused = ApiExceptions.refused(response, null, null);
      retry(refused, response.isFinal(), response.retryAfter());
    }
  }

  private void retry(ApiException failure, boolean isFinal, Duration retryAfter) {
    int maxAttempts = context.config().retryPolicy().maxAttempts();
    if (isFinal || ++failures >= maxAttempts) fail(failure);
    else schedule(this::request, backoff(failures, retryAfter));
  }

  private ApiException failed(Throwable cause) {
    return ApiExceptions.failed(what, null, null, cause);
  }

  @Override
  protected ApiException interruption(String reason, @Nullable Exception cause) {
    InterruptedIOException interruption = new InterruptedIOException(reason);
    interruption.initCause(cause);
    return failed(interruption);
  }
}
