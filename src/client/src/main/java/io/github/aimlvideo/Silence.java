package io.github.aimlvideo;

import java.time.Duration;

/**
 * Ends a call that says nothing for too long. It looks now and then at when a byte went or came
 * last, while the timeouts of OkHttp wake a thread for every packet, which takes as long as the
 * packet.
 */
final class Silence {
  private final Duration longest;
  private final Timer timer;
  private volatile Runnable tooLong = () -> {};
  private volatile long brokenAt;
  private volatile boolean ended;
  private volatile Timer.Pause check = () -> {};

  Silence(Duration longest, Timer timer) {
    this.longest = longest;
    this.timer = timer;
  }

  /** The call has a thread now; before that it could not say anything. */
  void begin(Runnable tooLong) {
    this.tooLong = tooLong;
    isBroken();
    check(longest);
  }

  /** Bytes went or came. */
  void isBroken() {
    brokenAt = timer.nanoTime();
  }

  /** Nobody listens any more. */
  void end() {
    ended = true;
    check.cancel();
  }

  private void check(Duration delay) {
    check = timer.timeout(this::checked, delay);
    if (ended) check.cancel();
  }

  private void checked() {
    if (ended) return;
    Duration rest = longest.minusNanos(timer.nanoTime() - brokenAt);
    if (Durations.isPositive(rest)) check(rest);
    else tooLong.run();
  }
}
