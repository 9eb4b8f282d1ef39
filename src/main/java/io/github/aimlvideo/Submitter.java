package io.github.aimlvideo;

import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Sends a create, once, and tells its three outcomes apart: accepted, surely rejected, unknown. */
final class Submitter {
  private final Api api;
  private final Events events;

  Submitter(Api api, Events events) {
    this.api = api;
    this.events = events;
  }

  /**
   * Ends with the accepted generation, an {@link ApiException} or a {@link
   * SubmissionUnknownException}.
   */
  Submission submit(KlingVideoV1StandardImageToVideoRequest request, Duration timeout) {
    String clientRequestId = UUID.randomUUID().toString();
    Exchange exchange = api.create(request, clientRequestId, timeout);
    CompletableFuture<VideoGeneration> generation = new CompletableFuture<>();
    exchange.answer.whenComplete(
        (answer, failure) -> {
          try {
            VideoGeneration created =
                failure == null
                    ? read(answer, clientRequestId)
                    : fail(exchange, failure, clientRequestId);
            events.created(created);
            generation.complete(created);
          } catch (RuntimeException e) {
            generation.completeExceptionally(e);
          }
        });
    return new Submission(clientRequestId, generation);
  }

  private static VideoGeneration read(HttpAnswer answer, String clientRequestId) {
    if (answer.isSuccess()) {
      return VideoGeneration.created(answer, clientRequestId)
          .orElseThrow(() -> unknown(answer, clientRequestId));
    }
    // 503 says that the server did not take it on; another 5xx may come from a proxy when the
    // server already had
    if (answer.status() >= 500 && answer.status() != 503) throw unknown(answer, clientRequestId);
    throw ApiException.refused(answer, null, clientRequestId);
  }

  private static VideoGeneration fail(
      Exchange exchange, Throwable failure, String clientRequestId) {
    if (!exchange.sent() && failure instanceof IOException e) {
      throw ApiException.failed("the create was not sent, it", null, clientRequestId, e);
    }
    throw new SubmissionUnknownException(failure.toString(), clientRequestId, failure);
  }

  private static SubmissionUnknownException unknown(HttpAnswer answer, String clientRequestId) {
    String why = "the answer was " + answer.status() + " without an id: " + answer.message();
    return new SubmissionUnknownException(why, clientRequestId, null);
  }

  /** A create under way, and the id under which the vendor's logs know it. */
  record Submission(String clientRequestId, CompletableFuture<VideoGeneration> generation) {}
}
