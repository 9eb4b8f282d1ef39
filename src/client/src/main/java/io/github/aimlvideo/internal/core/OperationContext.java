package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.Scheduler;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** What the operations of one client share: its settings, its time, and who is in progress. */
public final class OperationContext {
  private final ClientConfig config;
  private final Scheduler scheduler;
  private final Executor steps;
  private final RecentGenerations recent = new RecentGenerations();
  private final DurationEstimates estimates;
  private final Set<InProgress> inProgress = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Steps that touch a disk run on {@code steps}. */
  public OperationContext(ClientConfig config, Scheduler scheduler, Executor steps) {
    this.config = config;
    this.scheduler = scheduler;
    this.steps = steps;
    this.estimates = new DurationEstimates(config.pollPolicy().expected());
  }

  public ClientConfig config() {
    return config;
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
    return !closed;
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
    if (closed) throw new IllegalStateException("the client is closed");
  }

  /** An operation that has to end with the client. */
  interface InProgress {
    void close();
  }

  /** Ends every operation with a failure that names its generation. */
  public void close() {
    closed = true;
    inProgress.forEach(InProgress::close);
  }
}
