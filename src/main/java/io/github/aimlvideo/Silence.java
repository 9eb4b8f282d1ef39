package io.github.aimlvideo;

import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * Ends what says nothing for too long. It looks now and then at when it was broken last, while the
 * timeouts of OkHttp wake a thread for every packet, which takes as long as the packet.
 */
final class Silence {
  private final Duration longest;
  private final Timer timer;
  private final Runnable tooLong;
  private volatile long brokenAt;
  private volatile boolean ended;
  private volatile Timer.Pause check;

  /** Begins now. */
  Silence(Duration longest, Timer timer, Runnable tooLong) {
    this.longest = longest;
    this.timer = timer;
    this.tooLong = tooLong;
    isBroken();
    check(longest);
  }

  static InterruptedIOException exception(Duration longest) {
    return new InterruptedIOException("timeout: no byte for " + longest.toSeconds() + " s");
  }

  /** Begins anew. */
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
