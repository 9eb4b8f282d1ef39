package io.github.aimlvideo.internal.http;

import io.github.aimlvideo.internal.core.Failures;
import io.github.aimlvideo.internal.json.StreamingJsonBody;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;

/**
 * One call of a generated interface, within a limit of time that includes the wait for a thread.
 * What depends on its response runs on the thread that read it.
 */
public final class HttpCall<T> {
  /** The exception's class is internal to OkHttp. */
  private static final String REFUSED_STREAM = "stream was reset: REFUSED_STREAM";

  private final CompletableFuture<ApiResponse<T>> response = new CompletableFuture<>();
  private final Call<T> call;
  private final SendGuard guard;
  private final Executor threads;
  private final Duration limit;
  private final long createdAt = System.nanoTime();

  /**
   * A call that is not sent yet.
   *
   * @throws IllegalArgumentException if the request cannot be written
   */
  HttpCall(Call<T> call, Executor threads, Duration limit) {
    this.call = call;
    this.guard = Objects.requireNonNull(call.request().tag(SendGuard.class), "not guarded");
    this.threads = threads;
    this.limit = limit;
  }

  /** Sends it; what was abandoned before is never sent. */
  public CompletableFuture<ApiResponse<T>> send() {
    try {
      threads.execute(this::run);
    } catch (RejectedExecutionException e) {
      end(new IOException("the client was closed"));
    } catch (Throwable e) { // not even an Error leaves the caller waiting
      end(new IOException("there is no thread for it: " + Failures.describe(e), e));
    }
    return response;
  }

  private void run() {
    if (response.isDone()) return;
    long rest = limit.toNanos() - (System.nanoTime() - createdAt);
    if (rest <= 0) {
      end(new InterruptedIOException("timeout: no thread within " + limit.toMillis() + " ms"));
      return;
    }
    call.timeout().timeout(rest, TimeUnit.NANOSECONDS);
    T body;
    try {
      body = call.execute().body();
    } catch (Throwable e) { // not even an Error leaves the caller waiting
      guard.abandon();
      complete(null, e);
      return;
    }
    complete(body, null);
  }

  /** A response that has begun is one, whatever its body turns out to be. */
  private void complete(@Nullable T body, @Nullable Throwable failure) {
    Response head = guard.response();
    if (head != null) response.complete(new ApiResponse<>(head, guard.text(), body, failure));
    else response.completeExceptionally(Objects.requireNonNull(failure, "no response"));
  }

  /** Whether the server may have received any of it. False is final once the future is done. */
  public boolean sent() {
    return guard.sent();
  }

  /**
   * Whether the server may have processed it, after it failed. On HTTP/2 a server that refuses a
   * stream has not (RFC 9113, section 8.7), and no server processes the beginning of a body.
   */
  public boolean mayBeProcessed(Throwable failure) {
    return sent()
        && !REFUSED_STREAM.equals(failure.getMessage())
        && !StreamingJsonBody.isUnfinished(call.request().body(), failure);
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

  private void end(IOException reason) {
    guard.abandon();
    complete(null, reason);
    call.cancel();
  }
}
