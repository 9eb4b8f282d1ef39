package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.Scheduler;
import io.github.aimlvideo.VideoException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One create, poll or download until its result is known: steps that end in a request or a pause,
 * and in the next step. Whatever a step throws ends the operation, so nobody waits forever.
 *
 * <p>Steps run one at a time. {@link #interrupt} and {@link #abandon} may come from any thread.
 */
public abstract class Operation<T> implements OperationContext.InProgress, Runnable {
  private static final String CLOSED = "the client was closed";

  protected final OperationContext context;
  protected final EventDispatcher events;
  private final CompletableFuture<T> result;
  private volatile Scheduler.Cancellable awaited = () -> {};
  private volatile boolean stopped;
  private Runnable next = () -> {};

  /** An operation whose result is this future. */
  protected Operation(
      OperationContext context, EventDispatcher events, CompletableFuture<T> result) {
    this.context = context;
    this.events = events;
    this.result = result;
  }

  /** The first step. */
  protected abstract void begin();

  /** What an interruption of this operation means for the caller. */
  protected abstract VideoException interruption(String reason, @Nullable Exception cause);

  /** Runs the first step, unless the client is closed. */
  final void start() {
    if (context.register(this)) step(this::begin);
    else interrupt(CLOSED, null);
  }

  /** Done when the operation has ended. */
  public final CompletableFuture<T> result() {
    return result;
  }

  /** Whether no further step may run. */
  protected final boolean isDone() {
    return stopped || result.isDone();
  }

  /** Runs a step; what it throws ends the operation. */
  protected final void step(Runnable step) {
    if (stopped) return;
    try {
      step.run();
    } catch (RejectedExecutionException e) {
      interrupt(CLOSED, e);
    } catch (Throwable e) { // not even an Error leaves the caller waiting
      if (!result.isDone()) fail(e);
    }
  }

  /** The next step follows after a delay. */
  protected final void schedule(Runnable next, Duration delay) {
    this.next = next;
    awaiting(context.scheduler().schedule(this, delay));
  }

  /** Runs the scheduled step; without an object for each, of which there may be ten thousand. */
  @Override
  public final void run() {
    step(next);
  }

  /** The next step follows after so many failures in a row, but not before the server wants it. */
  protected final Duration backoff(int failures, Duration retryAfter) {
    return Backoff.delay(context.config().retryPolicy(), failures, retryAfter);
  }

  /** What the next step waits for; cancelled when the operation ends early. */
  protected final void awaiting(Scheduler.Cancellable next) {
    awaited = next;
    if (isDone()) next.cancel();
  }

  /** Ends the operation with its result, after all events. */
  protected final void succeed(T value) {
    context.remove(this);
    events.complete(result, value, null);
  }

  /** Ends the operation with its result, which does not wait for a listener. */
  protected final void succeedNow(T value) {
    context.remove(this);
    result.complete(value);
  }

  /** Ends the operation with a failure, after all events. */
  protected void fail(Throwable failure) {
    context.remove(this);
    events.complete(result, null, failure);
  }

  /** Ends the operation at once; returns the failure that the caller gets. */
  public final VideoException interrupt(String reason, @Nullable Exception cause) {
    VideoException interruption = interruption(reason, cause);
    stop();
    if (result.completeExceptionally(interruption)) events.error(interruption);
    return interruption;
  }

  /** The failure of a caller whose own timeout has ended; the operation is abandoned. */
  public VideoException timedOut(Duration timeout) {
    return interruption("not complete within " + timeout.toMillis() + " ms", null);
  }

  /** Ends the operation with the client. */
  @Override
  public final void close() {
    interrupt(CLOSED, null);
  }

  /** The caller does not want the result any more. */
  public void abandon() {
    stop();
  }

  /** Stops waiting for the next step, which never runs. */
  protected void stop() {
    stopped = true;
    context.remove(this);
    awaited.cancel();
  }

  /** Runs a task that never blocks if the operation has not ended within a time. */
  protected final void limit(Duration limit, Runnable task) {
    Scheduler.Cancellable timeout = context.scheduler().timeout(task, limit);
    result.whenComplete((value, failure) -> timeout.cancel());
  }

  protected final long nanoTime() {
    return context.scheduler().nanoTime();
  }

  protected final Duration since(long moment) {
    return Duration.ofNanos(nanoTime() - moment);
  }
}
