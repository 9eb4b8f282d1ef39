package io.github.aimlvideo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * One create, until its outcome is known: accepted, surely rejected, or unknown.
 *
 * <p>Sent again is only what surely did not reach the server; what is unknown is looked up in the
 * vendor's logs.
 */
final class Submission {
  /** The server allows 200 looks into the logs a minute. */
  private static final Duration SHORTEST_LOOKUP_INTERVAL = Duration.ofSeconds(1);

  /** What a look into the logs may take beyond its time. */
  private static final Duration LAST_LOOK = Duration.ofMillis(800);

  /** What is looked up is looked for as often as the vendor's documentation polls. */
  private static final Duration LOOKUP_INTERVAL = Duration.ofSeconds(15);

  /** Ends with the accepted generation, an ApiException or a CreateOutcomeUnknownException. */
  final CompletableFuture<Known> created = new CompletableFuture<>();

  final long startedAt;
  private final Submitter with;
  private final String clientRequestId;
  private final Lengths lengths;
  private final Reporter reporter;
  private volatile @Nullable VideoRequest request;
  private int failures;
  private volatile @Nullable Exchange sending;
  private volatile @Nullable CreateOutcomeUnknownException unknown;
  private volatile @Nullable VideoGeneration accepted;
  private volatile boolean interrupted;
  private volatile boolean unwanted;
  private volatile Timer.Pause pause = () -> {};

  Submission(
      Submitter with,
      VideoRequest request,
      String clientRequestId,
      Lengths lengths,
      Reporter reporter) {
    this.with = with;
    startedAt = with.timer.nanoTime();
    this.request = request;
    this.clientRequestId = clientRequestId;
    this.lengths = lengths;
    this.reporter = reporter;
    created.whenComplete((known, failure) -> cancelUnsent());
  }

  void send() {
    VideoRequest unsent = Objects.requireNonNull(request, "it was accepted");
    Exchange exchange = with.api.create(unsent, clientRequestId);
    sending = exchange;
    // after that, so that who sets a flag either sees the exchange or is seen here
    if (interrupted || unwanted) exchange.cancel();
    exchange.answer.whenComplete(
        (answer, failure) ->
            orFail(
                () -> {
                  if (failure == null) answered(answer);
                  else failed(exchange, failure);
                }));
    exchange.begin(remaining(with.polls.timeout()), Api.SILENCE, with.timer);
  }

  private void failed(Exchange exchange, Throwable failure) {
    if (exchange.sent()) {
      lookUp(new CreateOutcomeUnknownException(failure.toString(), clientRequestId, failure));
    } else {
      sending = null;
      ApiException unsent =
          ApiException.failed("the create was not sent, it", null, clientRequestId, failure);
      if (isUnreadablePicture(failure)) throw unsent;
      sendAgain(unsent, Duration.ZERO);
    }
  }

  private void answered(HttpAnswer answer) {
    if (isRefusal(answer)) {
      sending = null;
      ApiException refusal = ApiException.refused(answer, null, clientRequestId);
      if (answer.status() != 429 && answer.status() != 503) throw refusal;
      sendAgain(refusal, RetryAfter.of(answer.headers()));
      return;
    }
    Optional<VideoGeneration> generation = VideoGeneration.created(answer, clientRequestId);
    if (generation.isPresent()) {
      accept(generation.get(), with.timer.nanoTime());
    } else {
      String why = "the answer was " + answer.status() + " without an id: " + answer.message();
      ApiException cause = ApiException.refused(answer, null, clientRequestId);
      lookUp(new CreateOutcomeUnknownException(why, clientRequestId, cause));
    }
  }

  /**
   * Whether it surely says that nothing was created. 503 does; any other 5xx may come from a proxy
   * when the server has taken it on. A redirect does if it leads away from this API.
   */
  private boolean isRefusal(HttpAnswer answer) {
    int status = answer.status();
    return status / 100 == 4 || status == 503 || status / 100 == 3 && leadsAway(answer);
  }

  private boolean leadsAway(HttpAnswer answer) {
    return answer
        .header("Location")
        .map(HttpUrl::parse)
        .filter(elsewhere -> !with.api.isOurs(elsewhere))
        .isPresent();
  }

  /** Only for what surely did not reach the server. */
  private void sendAgain(ApiException last, Duration atLeast) {
    if (interrupted || unwanted) throw last;
    failures++;
    Duration delay =
        Durations.longer(
            with.retries.delay(failures, ThreadLocalRandom.current().nextDouble()), atLeast);
    if (failures >= with.retries.maxAttempts()
        || delay.compareTo(remaining(with.polls.timeout())) >= 0) throw last;
    reporter.createFailed(clientRequestId, last);
    pauseThen(() -> with.steps.execute(() -> orFail(this::send)), delay);
  }

  private void lookUp(CreateOutcomeUnknownException why) {
    unknown = why;
    reporter.submissionUnknown(clientRequestId, why);
    if (interrupted || with.recoveryTimeout.isZero()) throw why;
    Duration until = Durations.shorter(elapsed().plus(with.recoveryTimeout), with.polls.timeout());
    Timer.Pause bound =
        with.timer.timeout(
            () -> interrupt("the logs were not read in time", why),
            remaining(until).plus(LAST_LOOK));
    created.whenComplete((known, failure) -> bound.cancel());
    lookUpUntil(until, why);
  }

  /** Goes on for a future that was cancelled, so that the listener may hear the id. */
  private void lookUpUntil(Duration until, CreateOutcomeUnknownException why) {
    if (interrupted) return;
    with.logs
        .find(clientRequestId)
        .whenComplete(
            (id, failure) ->
                orFail(
                    () -> {
                      boolean ours =
                          failure == null && id.isPresent() && !isOfAnEarlierCreate(id.get());
                      if (ours)
                        accept(VideoGeneration.unseen(id.get(), clientRequestId), startedAt);
                      else notFound(failure, until, why);
                    }));
  }

  private void notFound(
      @Nullable Throwable failure, Duration until, CreateOutcomeUnknownException why) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ApiException e && e.isFinal()) throw why; // no logs here or for this key
    Duration interval =
        Durations.longer(with.polls.interval().orElse(LOOKUP_INTERVAL), SHORTEST_LOOKUP_INTERVAL);
    Duration rest = remaining(until);
    if (rest.isZero()) throw why;
    pauseThen(() -> lookUpUntil(until, why), Durations.shorter(interval, rest));
  }

  /** The caller may have used the client request id before. */
  private boolean isOfAnEarlierCreate(String id) {
    return with.recent.find(id).isPresent();
  }

  private void accept(VideoGeneration generation, long createdAt) {
    accepted = generation;
    request = null; // a picture of many megabytes is not to stay as long as the generation runs
    sending = null;
    Known known = new Known(generation, OptionalLong.of(createdAt), lengths);
    with.recent.add(known);
    reporter.created(generation);
    created.complete(known);
  }

  /** Takes the create back if it is not on the wire yet; else it ends as it ends. */
  void cancelUnsent() {
    unwanted = true;
    Exchange last = sending;
    if (last != null) last.cancelUnsent();
  }

  /** Ends the wait. What was sent and not answered is unknown from here on. */
  VideoException interrupt(String why, @Nullable Exception cause) {
    interrupted = true;
    pause.cancel();
    Exchange last = sending;
    if (last != null) last.cancel();
    VideoException end;
    if (accepted != null) {
      end = new GenerationInterruptedException(accepted, why, cause);
    } else if (unknown != null || last != null && last.sent()) {
      end =
          new CreateOutcomeUnknownException(
              why, clientRequestId, unknown == null ? cause : unknown);
    } else {
      IOException reason = new IOException(why, cause);
      end = ApiException.failed("the create was not sent, it", null, clientRequestId, reason);
    }
    created.completeExceptionally(end);
    return end;
  }

  private void pauseThen(Runnable next, Duration delay) {
    pause = with.timer.schedule(() -> orFail(next), delay);
    if (interrupted) pause.cancel();
  }

  private void orFail(Runnable step) {
    try {
      step.run();
    } catch (RejectedExecutionException e) {
      interrupt("the client was closed", e);
    } catch (Throwable e) { // an Error too must not leave anybody waiting
      created.completeExceptionally(e);
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(with.timer.nanoTime() - startedAt);
  }

  private Duration remaining(Duration until) {
    return Durations.longer(until.minus(elapsed()), Duration.ZERO);
  }

  /** A picture that cannot be read now will not be readable in a second. */
  private static boolean isUnreadablePicture(Throwable failure) {
    return failure instanceof FileSystemException || failure instanceof FileNotFoundException;
  }
}
