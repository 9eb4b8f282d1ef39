package io.github.aimlvideo.internal.http;

import io.github.aimlvideo.internal.core.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/**
 * One call of a generated interface. Its response is there within the limit, even if the call never
 * gets a thread; what depends on it runs on the thread that read it.
 */
public final class HttpCall<T> {
  /** The exception's class is internal to OkHttp. */
  private static final String REFUSED_STREAM = "stream was reset: REFUSED_STREAM";

  private final CompletableFuture<ApiResponse<T>> response = new CompletableFuture<>();
  private final Call<T> call;
  private final SendGuard guard;
  private final Scheduler scheduler;
  private final Duration limit;

  /**
   * A call that is not sent yet.
   *
   * @throws IllegalArgumentException if the request cannot be written
   */
  HttpCall(Call<T> call, Scheduler scheduler, Duration limit) {
    this.call = call;
    this.guard = Objects.requireNonNull(call.request().tag(SendGuard.class), "not guarded");
    this.scheduler = scheduler;
    this.limit = limit;
  }

  /** Sends it; what was abandoned before is never sent. */
  public CompletableFuture<ApiResponse<T>> send() {
    var timeout = scheduler.timeout(this::timeOut, limit);
    response.whenComplete((done, failure) -> timeout.cancel());
    call.enqueue(
        new Callback<>() {
          @Override
          public void onResponse(Call<T> sent, Response<T> received) {
            complete(received.body(), null);
          }

          @Override
          public void onFailure(Call<T> sent, Throwable failure) {
            guard.abandon();
            complete(null, failure);
          }
        });
    return response;
  }

  /** A response that has begun is one, whatever its body turns out to be. */
  private void complete(@Nullable T body, @Nullable Throwable failure) {
    ResponseHead head = guard.head();
    if (head != null) response.complete(new ApiResponse<>(head, guard.text(), body, failure));
    else response.completeExceptionally(Objects.requireNonNull(failure, "no response"));
  }

  /** Whether the server may have received any of it. False is final once the future is done. */
  public boolean sent() {
    return guard.sent();
  }

  /**
   * Whether the server may have processed it, after it failed. On HTTP/2 a server that refuses a
   * stream has not (RFC 9113, section 8.7).
   */
  public boolean mayBeProcessed(Throwable failure) {
    return sent() && !REFUSED_STREAM.equals(failure.getMessage());
  }

  /** Never sends it, unless it is on the wire; false if it is. */
  public boolean abandonUnsent() {
    return guard.abandon();
  }

  /** Abandons the call unless it is on the wire; then it continues. */
  public void cancelUnsent() {
    if (abandonUnsent()) cancel();
  }

  /** Abandons the call; its future ends at once. */
  public void cancel() {
    end(new IOException("cancelled"));
  }

  private void timeOut() {
    end(new InterruptedIOException("timeout: no response within " + limit.toMillis() + " ms"));
  }

  private void end(IOException reason) {
    guard.abandon();
    complete(null, reason);
    call.cancel();
  }
}
