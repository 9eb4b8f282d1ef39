package io.github.aimlvideo.internal.create;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.internal.core.DurationEstimates.Estimate;
import io.github.aimlvideo.internal.core.Durations;
import io.github.aimlvideo.internal.core.EventDispatcher;
import io.github.aimlvideo.internal.core.Failures;
import io.github.aimlvideo.internal.core.Operation;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.core.TrackedGeneration;
import io.github.aimlvideo.internal.http.ApiExceptions;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.http.ApiResponse;
import io.github.aimlvideo.internal.http.GenerationReader;
import io.github.aimlvideo.internal.http.HttpCall;
import io.github.aimlvideo.internal.validation.KlingRequestChecks;
import io.github.aimlvideo.internal.validation.ModelProperty;
import io.github.aimlvideo.internal.validation.RequestConverter;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One create, until its outcome is known: accepted, rejected, or unknown.
 *
 * <p>Only a request that never reached the server is retried. If the outcome is unknown, the client
 * searches the vendor's logs for the client request id.
 */
public final class CreateOperation extends Operation<TrackedGeneration> {
  /** The server allows 200 requests to the logs a minute. */
  private static final Duration MIN_SEARCH_INTERVAL = Duration.ofSeconds(1);

  /** As often as the vendor's documentation polls. */
  private static final Duration SEARCH_INTERVAL = Duration.ofSeconds(15);

  /** The last search may take longer than the recovery timeout by this. */
  private static final Duration LAST_SEARCH = Duration.ofMillis(800);

  private final ApiHttp api;
  private final LogSearch logs;
  private final String clientRequestId;
  private final Estimate estimate;
  private final long startedAt;
  private final CreateState state;
  private volatile @Nullable VideoRequest request;
  private int failures;

  /**
   * A create that is not sent yet.
   *
   * @throws IllegalArgumentException if the request violates the contract, or an image cannot be
   *     read
   */
  public CreateOperation(
      OperationContext context,
      EventDispatcher events,
      ApiHttp api,
      LogSearch logs,
      VideoRequest request,
      String clientRequestId) {
    super(context, events, new CompletableFuture<>());
    RequestConverter.check(request);
    this.api = api;
    this.logs = logs;
    this.request = request;
    this.clientRequestId = clientRequestId;
    this.estimate = context.estimates().of(request, duration(request));
    this.startedAt = nanoTime();
    this.state = new CreateState(clientRequestId, call(request));
  }

  private static String duration(VideoRequest request) {
    return request instanceof UntypedVideoRequest untyped
        ? String.valueOf(untyped.properties().getOrDefault("duration", ""))
        : ModelProperty.textOf(request, "duration");
  }

  /** When it began, in the scheduler's nanoseconds. */
  public long startedAt() {
    return startedAt;
  }

  @Override
  protected void begin() {
    VideoRequest unsent = unsent();
    for (String warning : KlingRequestChecks.warnings(unsent)) {
      events.report(to -> to.onWarning(warning), "warning: {0}", warning);
    }
    events.report(to -> {}, "creating {0}, client request id {1}", unsent, clientRequestId);
    send(state.inFlight());
  }

  private VideoRequest unsent() {
    return Objects.requireNonNull(request, "it was accepted");
  }

  private HttpCall<VideoGenerationResponse> call(VideoRequest unsent) {
    return api.create(unsent, clientRequestId, remaining(context.pollPolicy().timeout()));
  }

  private void send(HttpCall<VideoGenerationResponse> call) {
    state.sending(call);
    call.send()
        .whenComplete(
            (response, failure) ->
                step(
                    () -> {
                      if (failure == null) received(response);
                      else failed(call, failure);
                    }));
  }

  private void received(ApiResponse<VideoGenerationResponse> response) {
    if (CreateResponses.isRejection(response, api)) {
      state.notSent();
      ApiException rejection = ApiExceptions.refused(response, null, clientRequestId);
      if (response.status() != 429 && response.status() != 503) throw rejection;
      retry(rejection, response.retryAfter());
      return;
    }
    Optional<VideoGeneration> generation = GenerationReader.created(response, clientRequestId);
    if (generation.isPresent()) {
      accept(generation.get(), nanoTime());
    } else {
      recover(CreateResponses.withoutId(response, clientRequestId));
    }
  }

  private void failed(HttpCall<?> call, Throwable failure) {
    if (call.mayBeProcessed(failure)) {
      String reason = Failures.describe(failure);
      recover(new CreateOutcomeUnknownException(reason, clientRequestId, failure));
    } else {
      state.notSent();
      ApiException unsent = state.notSent(failure);
      if (CreateResponses.isUnreadableImage(failure) || Failures.isLasting(failure)) throw unsent;
      retry(unsent, Duration.ZERO);
    }
  }

  /** Only for a request that definitely did not reach the server. */
  private void retry(ApiException last, Duration retryAfter) {
    if (!state.isAwaited()) throw last;
    failures++;
    Duration delay = backoff(failures, retryAfter);
    boolean exhausted = failures >= context.config().retryPolicy().maxAttempts();
    if (exhausted || delay.compareTo(remaining(context.pollPolicy().timeout())) >= 0) {
      throw last;
    }
    events.report(
        to -> to.onCreateRetry(clientRequestId, last), "retrying create: {0}", last.getMessage());
    schedule(() -> context.steps().execute(() -> step(() -> send(call(unsent())))), delay);
  }

  private void recover(CreateOutcomeUnknownException reason) {
    state.unknown(reason);
    events.report(to -> to.onOutcomeUnknown(clientRequestId, reason), "{0}", reason.getMessage());
    Duration recoveryTimeout = context.config().recoveryTimeout();
    if (state.isInterrupted() || recoveryTimeout.isZero()) throw reason;
    Duration until =
        Durations.min(since(startedAt).plus(recoveryTimeout), context.pollPolicy().timeout());
    limit(
        remaining(until).plus(LAST_SEARCH),
        () -> interrupt("the logs could not be searched in time", reason));
    search(until, reason);
  }

  /** Continues for a future that was cancelled, so that the listener receives the id. */
  private void search(Duration until, CreateOutcomeUnknownException reason) {
    if (state.isInterrupted()) return;
    logs.find(clientRequestId)
        .whenComplete(
            (id, failure) ->
                step(
                    () -> {
                      boolean ours =
                          failure == null && id.isPresent() && !isOfAnEarlierCreate(id.get());
                      if (ours)
                        accept(GenerationReader.unknown(id.get(), clientRequestId), startedAt);
                      else notFound(failure, until, reason);
                    }));
  }

  private void notFound(
      @Nullable Throwable failure, Duration until, CreateOutcomeUnknownException reason) {
    // there are no logs, or none for this key
    if (failure != null
        && Failures.unwrap(failure) instanceof ApiException e
        && ApiExceptions.isFinal(e)) throw reason;
    Duration rest = remaining(until);
    if (rest.isZero()) throw reason;
    Duration interval = context.pollPolicy().interval().orElse(SEARCH_INTERVAL);
    schedule(
        () -> search(until, reason),
        Durations.min(Durations.max(interval, MIN_SEARCH_INTERVAL), rest));
  }

  /** The caller may have used the client request id before. */
  private boolean isOfAnEarlierCreate(String id) {
    return context.recent().find(id).isPresent();
  }

  /** The id is reported before anything waits for it. */
  private void accept(VideoGeneration generation, long createdAt) {
    state.accepted(generation);
    request = null; // its images must not stay in memory while the generation runs
    OptionalLong age = OptionalLong.of(createdAt);
    TrackedGeneration tracked = new TrackedGeneration(generation, age, estimate);
    try {
      events.report(to -> to.onCreated(generation), "created {0}", generation);
      VideoGeneration known = GenerationReader.withoutResponse(generation);
      context.recent().add(new TrackedGeneration(known, age, estimate));
    } finally { // not even an Error changes the outcome any more
      succeedNow(tracked);
    }
  }

  @Override
  public void abandon() {
    state.abandon();
  }

  @Override
  protected void stop() {
    super.stop();
    state.cancel();
  }

  @Override
  protected VideoException interruption(String reason, @Nullable Exception cause) {
    return state.interrupt(reason, cause);
  }

  @Override
  public VideoException timedOut(Duration timeout) {
    return state.timedOut(timeout);
  }

  private Duration remaining(Duration until) {
    return Durations.notNegative(until.minus(since(startedAt)));
  }
}
