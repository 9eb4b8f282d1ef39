package io.github.aimlvideo.batch.internal.steps;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.database.Session;
import io.github.aimlvideo.batch.internal.store.CreateTable.Outcome;
import io.github.aimlvideo.batch.internal.store.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a row after its create: search for a lost one, poll, download. Each records what it
 * found, and says when the next one is due; empty if there is none.
 */
final class RowSteps {
  private static final long RESPONSE_CHECK = 1_000;

  /** A poll of them has the same response for ever. */
  private static final Set<Integer> FINAL_REFUSALS = Set.of(400, 401, 403, 404);

  private final WorkerContext context;
  private final Creator creator;
  private final CreateResults results;
  private final Downloads downloads;
  private final LogAccess logs;
  private final Set<String> resubmitted = ConcurrentHashMap.newKeySet();
  private volatile long failingSince;

  RowSteps(WorkerContext context, Creator creator) {
    this.context = context;
    this.creator = creator;
    results = new CreateResults(context);
    downloads = new Downloads(context);
    logs = new LogAccess(context);
  }

  /** Does the next step of a row. */
  OptionalLong execute(String key) {
    Optional<Row> row = read(key).filter(found -> !found.suspended);
    if (row.isEmpty()) return OptionalLong.empty();
    return switch (row.get().state) {
      case NEW, SAVED, FAILED -> OptionalLong.empty();
      case CREATING, UNKNOWN -> search(row.get());
      case RUNNING -> poll(row.get());
      case COMPLETED -> downloads.execute(row.get(), null);
    };
  }

  private Optional<Row> read(String key) {
    return context.store.database().transaction(s -> context.store.rows().find(s, key));
  }

  /** Writes the row; if another worker has changed it, that one continues. */
  private boolean write(Row row) {
    return context.store.database().transaction(session -> write(session, row));
  }

  private boolean write(Session session, Row row) throws SQLException {
    return context.store.rows().update(session, row);
  }

  private OptionalLong suspend(Row row, @Nullable String reason, @Nullable Throwable cause) {
    row.suspended = true;
    row.setReason(reason);
    boolean unknown = row.state == RowState.CREATING; // no response is waited for any more
    boolean written = unknown ? endCreate(row, row.clientRequestId) : write(row);
    if (written) context.suspended(row, cause);
    return OptionalLong.empty();
  }

  // a create whose response was lost

  private OptionalLong search(Row row) {
    long now = context.clock.millis();
    boolean mayRespond =
        row.state == RowState.CREATING
            && row.searchedAt == 0
            && Math.abs(now - row.sentAt) < context.responseTime() // a clock may have been set
            && !isFromEndedProcess(row);
    // soon, as a response that comes during this step cannot move its task
    if (mayRespond) {
      context.searching.remove(row.key); // of an earlier create
      return OptionalLong.of(Math.min(row.sentAt + context.responseTime(), now + RESPONSE_CHECK));
    }
    context.searching.add(row.key);
    OptionalLong busy = logs.begin();
    if (busy.isPresent()) return busy;
    String clientRequestId = String.valueOf(row.clientRequestId);
    Optional<VideoGeneration> found;
    try {
      found = context.client().recover(clientRequestId);
      context.heard(null);
    } catch (RuntimeException e) {
      context.heard(e);
      return searchFailed(row, e, now);
    } finally {
      logs.end();
    }
    failingSince = 0;
    if (found.isEmpty()) return notFound(row, context.clock.millis());
    context.event(listener -> listener.onCreated(row.name, found.get().id()));
    results.accepted(row.key, clientRequestId, found.get());
    return OptionalLong.of(context.clock.millis());
  }

  /** Only one process has a file, so all others have ended. */
  private boolean isFromEndedProcess(Row row) {
    return context.store.database().isOfOneProcess() && !context.workerId.equals(row.worker);
  }

  /** Time between two runs does not count, and neither does a clock that was set. */
  private OptionalLong notFound(Row row, long now) {
    long interval = context.config.timing().searchInterval().toMillis();
    if (row.searchedAt != 0)
      row.searched += Math.max(0, Math.min(now - row.searchedAt, 2 * interval));
    row.searchedAt = now;
    long left = context.config.recoveryTimeout().toMillis() - row.searched;
    if (left <= 0) return endUnknown(row);
    if (!write(row)) return OptionalLong.of(now);
    return OptionalLong.of(now + Math.min(left + 1, interval));
  }

  private OptionalLong searchFailed(Row row, RuntimeException e, long now) {
    int status = e instanceof ApiException api ? api.status() : 0;
    String message = "cannot search the logs: " + context.reason(e);
    if (failingSince == 0) failingSince = now;
    boolean tooLong = now - failingSince > context.config.rejectionTimeout().toMillis();
    boolean noLogs = status / 100 == 4 && status != 408 && status != 429 || status != 0 && tooLong;
    if (status == 401) {
      context.stopRefused(e);
      return suspend(row, message, e);
    }
    if (context.isUnreachable(e)) {
      context.rejectedForNow(e);
      return suspend(row, message, e);
    }
    if (noLogs) return endUnknown(row);
    if (tooLong) return suspend(row, message, e);
    return OptionalLong.of(now + context.config.timing().searchInterval().toMillis());
  }

  /** The logs do not have the create, or cannot be read. */
  private OptionalLong endUnknown(Row row) {
    boolean again = context.config.resubmitUnknown() && resubmitted.add(row.key);
    String clientRequestId = row.clientRequestId;
    if (again) row.renew();
    else row.state = RowState.UNKNOWN;
    boolean written = endCreate(row, clientRequestId);
    if (written && again) {
      context.event(listener -> listener.onResubmitted(row.name));
      creator.wake();
    } else if (written) {
      context.ended(row);
    }
    return OptionalLong.empty();
  }

  /** Writes the row, and that the outcome of its create is unknown. */
  private boolean endCreate(Row row, @Nullable String clientRequestId) {
    return context
        .store
        .database()
        .transaction(
            session -> {
              if (!write(session, row)) return false;
              context.store.creates().ended(session, clientRequestId, Outcome.UNKNOWN);
              return true;
            });
  }

  // a generation that runs

  private OptionalLong poll(Row row) {
    VideoGeneration generation;
    try {
      generation = context.client().get(String.valueOf(row.generationId));
      context.heard(null);
    } catch (RuntimeException e) {
      context.heard(e);
      return pollFailed(row, e);
    }
    context.event(listener -> listener.onPolled(row.name, generation.status()));
    long now = context.clock.millis();
    if (generation.isFailed()) return failed(row, generation, now);
    if (generation.isCompleted()) {
      row.state = RowState.COMPLETED;
      row.endedAt = now;
      boolean sameClock = !isFromEndedProcess(row);
      if (sameClock) context.completedAt(Duration.ofMillis(now - row.sentAt));
      if (!write(row)) return OptionalLong.of(now);
      creator.wake();
      return downloads.execute(row, generation);
    }
    return nextPoll(row, now, null);
  }

  private OptionalLong failed(Row row, VideoGeneration generation, long now) {
    row.state = RowState.FAILED;
    row.endedAt = now;
    row.setReason(generation.failureReason().orElse(null));
    boolean written =
        context
            .store
            .database()
            .transaction(
                session -> {
                  if (!write(session, row)) return false;
                  context.store.notCharged(session, row);
                  return true;
                });
    if (written) context.ended(row);
    return OptionalLong.empty();
  }

  private OptionalLong pollFailed(Row row, RuntimeException e) {
    int status = e instanceof ApiException api ? api.status() : 0;
    if (FINAL_REFUSALS.contains(status)) {
      if (status == 401 || status == 403) context.stopRefused(e);
      return suspend(row, context.reason(e), e);
    }
    if (status == 429) context.pauseCreates(context.reason(e));
    else if (status == 0) context.warn("polls fail and are retried: " + context.reason(e));
    return nextPoll(row, context.clock.millis(), e);
  }

  private OptionalLong nextPoll(Row row, long now, @Nullable RuntimeException cause) {
    if (now >= row.pollUntil)
      return suspend(row, "generation " + row.generationId + " is still running", cause);
    long next = now + context.pollDelay(now - row.sentAt);
    return OptionalLong.of(Math.min(next, Math.max(now, row.pollUntil)));
  }
}
