package io.github.aimlvideo.batch.audit;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.account.LoggedRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A generation that may be charged, as its batch or the logs know it.
 *
 * @param reported what its create reported
 * @param endedAt when it completed or, where that is not known, when it was created
 * @param hasEnded whether it is known to have completed
 * @param log its entry of the logs
 */
record Generation(
    Stage stage,
    Optional<String> row,
    Optional<String> id,
    Optional<String> clientRequestId,
    Optional<String> model,
    Optional<Cost> reported,
    Optional<Instant> endedAt,
    boolean hasEnded,
    Optional<LoggedRequest> log) {
  /** How far it has come. */
  enum Stage {
    /** The batch is at it, or was when its process died. */
    IN_PROGRESS,
    /** No worker does anything for it until the next start. */
    SUSPENDED,
    /** Its video is saved. */
    SAVED,
    /** Its video was saved, and is gone from the folder. */
    DELETED,
    /** It has ended, and nobody asks for its video: an account, or a row with another request. */
    ENDED,
    FAILED,
    /** The response to its create was lost. */
    LOST,
    /** Its create was rejected, so there should be none. */
    REJECTED,
    /** One more generation of a request that has one. */
    EXTRA,
    /** A charge that the logs do not list. */
    UNLISTED
  }

  /** One that only the logs or the ledger know. */
  static Generation known(Stage stage, Optional<String> id, Optional<LoggedRequest> log) {
    return new Generation(
        stage,
        Optional.empty(),
        id,
        log.flatMap(LoggedRequest::clientRequestId),
        log.flatMap(LoggedRequest::model),
        Optional.empty(),
        Optional.empty(),
        false,
        log);
  }

  /** The same, as an entry of the logs has it. */
  Generation with(LoggedRequest entry) {
    return new Generation(
        stage,
        row,
        id.or(entry::id),
        clientRequestId.or(entry::clientRequestId),
        model.or(entry::model),
        reported,
        endedAt.or(entry::created),
        hasEnded,
        Optional.of(entry));
  }

  /** Another generation of the same create, which only the logs have. */
  Generation other(LoggedRequest entry) {
    Stage other = stage == Stage.FAILED ? Stage.LOST : Stage.EXTRA;
    return new Generation(
        other,
        row,
        entry.id(),
        clientRequestId,
        entry.model().or(() -> model),
        Optional.empty(),
        entry.created(),
        false,
        Optional.of(entry));
  }

  /** Whether it failed, as far as anybody says so; who has the video knows better than the logs. */
  boolean isFailed() {
    boolean hasVideo = stage == Stage.SAVED || stage == Stage.DELETED;
    return stage == Stage.FAILED || !hasVideo && log.filter(LoggedRequest::isFailed).isPresent();
  }

  /** Whether the logs list it as a success. */
  boolean isLoggedSuccess() {
    return log.filter(entry -> entry.status().equalsIgnoreCase("succeeded")).isPresent();
  }

  /** Whether it may have a video that the batch has not saved. */
  boolean isVideoMissing() {
    return switch (stage) {
      case IN_PROGRESS, SUSPENDED, DELETED, LOST, REJECTED, EXTRA -> !isFailed();
      case SAVED, ENDED, FAILED, UNLISTED -> false;
    };
  }

  /** What it costs: as its create reported it, or else as the logs have it. */
  Optional<Cost> cost() {
    return reported.or(() -> log.filter(entry -> !entry.isFailed()).flatMap(LoggedRequest::cost));
  }
}
