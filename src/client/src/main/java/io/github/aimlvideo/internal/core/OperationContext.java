package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.Scheduler;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the operations of one client share: its settings, its time, and who is in progress.
 *
 * @param pollPolicy instead of that of the settings, which may have another timeout
 * @param steps runs steps that touch a disk
 */
public record OperationContext(
    ClientConfig config,
    PollPolicy pollPolicy,
    Scheduler scheduler,
    Executor steps,
    RecentGenerations recent,
    DurationEstimates estimates,
    Set<InProgress> inProgress,
    AtomicBoolean closed) {

  /** The context of a new client. */
  public OperationContext(ClientConfig config, Scheduler scheduler, Executor steps) {
    this(
        config,
        config.pollPolicy(),
        scheduler,
        steps,
        new RecentGenerations(),
        new DurationEstimates(config.pollPolicy().expected()),
        ConcurrentHashMap.newKeySet(),
        new AtomicBoolean());
  }

  /** The same with another timeout. */
  public OperationContext withTimeout(Duration timeout) {
    return new OperationContext(
        config,
        pollPolicy.withTimeout(timeout),
        scheduler,
        steps,
        recent,
        estimates,
        inProgress,
        closed);
  }

  /**
   * A generation by its id: as this client created it lately, or with nothing but the id.
   *
   * @throws IllegalArgumentException if the id is blank
   */
  public TrackedGeneration tracked(String id) {
    if (Objects.requireNonNull(id, "id").isBlank()) {
      throw new IllegalArgumentException("generation id is blank");
    }
    return recent
        .find(id)
        .orElseGet(
            () ->
                new TrackedGeneration(
                    VideoGeneration.of(new VideoGenerationResponse().id(id), "", null),
                    OptionalLong.empty(),
                    estimates.ofUnknown()));
  }

  /** False if the client is closed. */
  boolean register(InProgress operation) {
    inProgress.add(operation);
    return !closed.get();
  }

  void remove(InProgress operation) {
    inProgress.remove(operation);
  }

  /**
   * Rejects calls after the end.
   *
   * @throws IllegalStateException if the client is closed
   */
  public void checkOpen() {
    if (closed.get()) throw new IllegalStateException("the client is closed");
  }

  /** An operation that has to end with the client. */
  interface InProgress {
    void close();
  }

  /** Ends every operation with a failure that names its generation. */
  public void close() {
    closed.set(true);
    inProgress.forEach(InProgress::close);
  }
}
