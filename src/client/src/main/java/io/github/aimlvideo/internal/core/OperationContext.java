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

/** What the operations of one client share: its settings, its time, and who is in progress. */
public final class OperationContext {
  private final ClientConfig config;
  private final PollPolicy pollPolicy;
  private final Scheduler scheduler;
  private final Executor steps;
  private final RecentGenerations recent;
  private final DurationEstimates estimates;
  private final Set<InProgress> inProgress;
  private final AtomicBoolean closed;

  /** Steps that touch a disk run on {@code steps}. */
  public OperationContext(ClientConfig config, Scheduler scheduler, Executor steps) {
    this.config = config;
    this.pollPolicy = config.pollPolicy();
    this.scheduler = scheduler;
    this.steps = steps;
    this.recent = new RecentGenerations();
    this.estimates = new DurationEstimates(pollPolicy.expected());
    this.inProgress = ConcurrentHashMap.newKeySet();
    this.closed = new AtomicBoolean();
  }

  private OperationContext(OperationContext shared, PollPolicy pollPolicy) {
    this.config = shared.config;
    this.pollPolicy = pollPolicy;
    this.scheduler = shared.scheduler;
    this.steps = shared.steps;
    this.recent = shared.recent;
    this.estimates = shared.estimates;
    this.inProgress = shared.inProgress;
    this.closed = shared.closed;
  }

  /** The same with another timeout. */
  public OperationContext withTimeout(Duration timeout) {
    return new OperationContext(this, pollPolicy.withTimeout(timeout));
  }

  public ClientConfig config() {
    return config;
  }

  /** Instead of that of the settings, which may have another timeout. */
  public PollPolicy pollPolicy() {
    return pollPolicy;
  }

  public Scheduler scheduler() {
    return scheduler;
  }

  public Executor steps() {
    return steps;
  }

  public RecentGenerations recent() {
    return recent;
  }

  public DurationEstimates estimates() {
    return estimates;
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
