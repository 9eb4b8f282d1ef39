package io.github.aimlvideo.cli.studio;

import io.github.aimlvideo.batch.BatchListener;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.cli.ErrorMessage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one worker tells of the rows beyond the database; its threads never wait here. */
final class WorkerEvents implements BatchListener {
  private final Runnable onChange;
  private final Map<String, String> statuses = new ConcurrentHashMap<>();
  private final Set<String> suspended = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String stopped;

  WorkerEvents(Runnable onChange) {
    this.onChange = onChange;
  }

  /** The status of a generation, as the server said it last. */
  Optional<String> status(String name) {
    return Optional.ofNullable(statuses.get(name));
  }

  /** Whether the worker does no more for a row that has not ended. */
  boolean isSuspended(String name) {
    return suspended.contains(name);
  }

  /** Why the worker sends no more creates. */
  Optional<String> stopped() {
    return Optional.ofNullable(stopped);
  }

  @Override
  public void onCreated(String name, String generationId) {
    onChange.run();
  }

  @Override
  public void onPolled(String name, String status) {
    statuses.put(name, status);
    onChange.run();
  }

  @Override
  public void onRow(BatchRow row) {
    onChange.run();
  }

  @Override
  public void onSuspended(BatchRow row, @Nullable Throwable cause) {
    suspended.add(row.name());
    onChange.run();
  }

  @Override
  public void onStopped(BatchStop stop, @Nullable Throwable cause) {
    boolean worded =
        switch (stop.reason()) {
          case KEY_REFUSED, CREATES_REFUSED, UNREACHABLE -> false;
          case REJECTED_FOR_TOO_LONG, CREDITS, NO_SPACE -> true;
        };
    stopped = worded || cause == null ? stop.message() : ErrorMessage.unescaped(cause);
    onChange.run();
  }

  @Override
  public String describe(Throwable failure) {
    return ErrorMessage.reason(failure);
  }
}
