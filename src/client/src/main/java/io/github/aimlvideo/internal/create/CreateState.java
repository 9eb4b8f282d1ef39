package io.github.aimlvideo.internal.create;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.internal.http.ApiExceptions;
import io.github.aimlvideo.internal.http.HttpCall;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a create, for whoever stops waiting for it: not sent, sent, of unknown outcome,
 * or accepted. Safe for use by several threads.
 */
final class CreateState {
  private final String clientRequestId;
  private volatile @Nullable HttpCall<VideoGenerationResponse> inFlight;
  private volatile @Nullable CreateOutcomeUnknownException unknown;
  private volatile @Nullable VideoGeneration accepted;
  private volatile boolean interrupted;
  private volatile boolean abandoned;

  /** The state of a create whose first call is not sent yet. */
  CreateState(String clientRequestId, HttpCall<VideoGenerationResponse> first) {
    this.clientRequestId = clientRequestId;
    this.inFlight = first;
  }

  /** The call that is sent, or is to be sent first. */
  HttpCall<VideoGenerationResponse> inFlight() {
    return Objects.requireNonNull(inFlight, "no call");
  }

  /** Cancels the call if nobody waits any more. */
  void sending(HttpCall<VideoGenerationResponse> call) {
    inFlight = call;
    // after the assignment, so that whoever sets a flag either sees the call or is seen here
    if (!isAwaited()) call.cancel();
  }

  void notSent() {
    inFlight = null;
  }

  void unknown(CreateOutcomeUnknownException reason) {
    unknown = reason;
  }

  void accepted(VideoGeneration generation) {
    accepted = generation;
    inFlight = null;
  }

  boolean isInterrupted() {
    return interrupted;
  }

  /** Whether somebody still waits for the result. */
  boolean isAwaited() {
    return !interrupted && !abandoned;
  }

  /** Takes the create back if it is not on the wire yet; else it ends as it ends. */
  void abandon() {
    abandoned = true;
    HttpCall<?> last = inFlight;
    if (last != null) last.cancelUnsent();
  }

  void cancel() {
    HttpCall<?> last = inFlight;
    if (last != null) last.cancel();
  }

  /** What was sent and has no response yet is unknown from now on. */
  VideoException interrupt(String reason, @Nullable Exception cause) {
    interrupted = true;
    HttpCall<?> last = inFlight;
    VideoGeneration created = accepted;
    if (created != null) return new GenerationInterruptedException(created, reason, cause);
    return outcome(last, reason, cause);
  }

  /** A create on the wire continues, so that the listener receives the id. */
  VideoException timedOut(Duration timeout) {
    abandoned = true;
    HttpCall<?> last = inFlight;
    VideoGeneration created = accepted;
    if (created != null) return new GenerationTimeoutException(created, timeout, null);
    return outcome(last, "no response within " + timeout.toMillis() + " ms", null);
  }

  private VideoException outcome(
      @Nullable HttpCall<?> last, String reason, @Nullable Exception cause) {
    CreateOutcomeUnknownException before = unknown;
    if (last != null) last.abandonUnsent();
    if (before != null || last != null && last.sent()) {
      return new CreateOutcomeUnknownException(
          reason, clientRequestId, before == null ? cause : before);
    }
    return notSent(new IOException(reason, cause));
  }

  /** The failure of a create that definitely did not reach the server. */
  ApiException notSent(Throwable failure) {
    return ApiExceptions.failed("the create was not sent; it", null, clientRequestId, failure);
  }
}
