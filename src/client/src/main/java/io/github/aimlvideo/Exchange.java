package io.github.aimlvideo;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP call under way. Its future ends with an {@link HttpAnswer} or an exception, and does so
 * in time, even if the call never gets a thread; what depends on it runs where the answer is read.
 */
final class Exchange {
  /**
   * A network interceptor runs when there is a connection, before the first byte of the request.
   * What was given up is stopped here for good, and so is a create that passes a second time, for
   * instance because an interceptor of the caller repeats it. The call keeps its first request,
   * whatever such an interceptor makes of it.
   */
  static final Interceptor MARK_SENT =
      chain -> {
        Exchange exchange = chain.call().request().tag(Exchange.class);
        if (exchange != null && !exchange.passes(chain.request().method())) {
          throw new IOException("not sent again");
        }
        return chain.proceed(chain.request());
      };

  final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();

  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final Call.Factory http;
  private final Supplier<Request> request;
  private final Executor turns;
  private volatile @Nullable Call call;
  private volatile @Nullable Silence silence;

  /** What is known of the answer while its body is still under way. */
  private volatile @Nullable HttpAnswer head;

  /**
   * A call that is made and runs when its turn comes on {@code turns}; nothing happens before
   * {@link #begin}.
   */
  Exchange(Call.Factory http, Supplier<Request> request, Executor turns) {
    this.http = http;
    this.request = request;
    this.turns = turns;
  }

  /** Starts it; what was given up before is never sent. */
  Exchange begin(Duration limit, Timer timer) {
    String why = "timeout: no answer within " + limit.toMillis() + " ms";
    Timer.Pause timeout = timer.timeout(() -> end(new InterruptedIOException(why)), limit);
    answer.whenComplete((answer, failure) -> timeout.cancel());
    turns.execute(this::run);
    return this;
  }

  /** Starts it; once it has a thread, it also ends when no byte goes or comes for so long. */
  Exchange begin(Duration limit, Duration longestSilence, Timer timer) {
    Silence listening = new Silence(longestSilence, timer);
    silence = listening;
    answer.whenComplete((answer, failure) -> listening.end());
    return begin(limit, timer);
  }

  /** Bytes have gone or come. */
  void progresses() {
    if (silence != null) silence.isBroken();
  }

  /** Whether the server may have got any of the request. False is sure once the future is done. */
  boolean sent() {
    return state.get() == State.SENT;
  }

  /** Gives the call up unless it is on the wire; then it goes on. */
  void cancelUnsent() {
    if (state.compareAndSet(State.WAITING, State.GIVEN_UP)) cancel();
  }

  /** Gives the call up; its future ends at once. */
  void cancel() {
    end(new IOException("cancelled"));
  }

  private void end(IOException why) {
    state.compareAndSet(State.WAITING, State.GIVEN_UP);
    HttpAnswer begun = head;
    if (begun == null) answer.completeExceptionally(why);
    else answer.complete(begun.broken(why));
    Call begunCall = call;
    if (begunCall != null) begunCall.cancel();
  }

  /** A look may pass again, OkHttp repeats it on another connection. */
  private boolean passes(String method) {
    return state.compareAndSet(State.WAITING, State.SENT) || sent() && method.equals("GET");
  }

  private void run() {
    if (answer.isDone()) return;
    if (silence != null) silence.begin(() -> end(new InterruptedIOException("timeout: no byte")));
    HttpAnswer whole;
    try (Response response = call().execute()) {
      HttpAnswer begun = HttpAnswer.head(response);
      head = begun;
      progresses();
      whole = begun.withBody(response);
    } catch (Throwable e) { // an Error too must not leave anybody waiting
      state.compareAndSet(State.WAITING, State.GIVEN_UP);
      answer.completeExceptionally(e);
      return;
    }
    answer.complete(whole);
  }

  /** Who gives up in between is noticed before anything is sent. */
  private Call call() {
    call = http.newCall(request.get().newBuilder().tag(Exchange.class, this).build());
    return call;
  }

  private enum State {
    WAITING,
    SENT,
    GIVEN_UP
  }
}
