package io.github.aimlvideo.batch.audit;

import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.audit.Generation.Stage;
import io.github.aimlvideo.batch.internal.history.BatchHistory;
import io.github.aimlvideo.batch.internal.history.SentCreate;
import io.github.aimlvideo.batch.internal.history.SentRow;
import io.github.aimlvideo.batch.internal.store.CreateTable.Outcome;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The generations of a batch: one for each create that was sent, also for rows created again. */
final class BatchGenerations {
  private final BatchHistory history;
  private final @Nullable Path folder;
  private final Duration clockOffset;
  private final Map<String, SentRow> rows = new HashMap<>();

  /** The row and the request of each create that was accepted last. */
  private final Set<String> current = new HashSet<>();

  /**
   * @param folder of the videos; null if they may be elsewhere, and are not checked
   * @param clockOffset how much the server's clock is ahead of that of the batch
   */
  BatchGenerations(BatchHistory history, @Nullable Path folder, Duration clockOffset) {
    this.history = history;
    this.folder = folder;
    this.clockOffset = clockOffset;
    history.rows().forEach(row -> rows.put(row.key(), row));
    history.creates().stream()
        .filter(create -> create.outcome() == Outcome.ACCEPTED && isLast(create))
        .forEach(create -> current.add(request(create)));
  }

  private static String request(SentCreate create) {
    return create.rowKey() + '\n' + create.fingerprint();
  }

  private boolean isLast(SentCreate create) {
    SentRow row = rows.get(create.rowKey());
    return row != null
        && row.row().clientRequestId().filter(create.clientRequestId()::equals).isPresent();
  }

  /** In the order in which their creates were sent. */
  List<Generation> all() {
    return history.creates().stream()
        .sorted(Comparator.comparing(SentCreate::sentAt))
        .map(this::generation)
        .toList();
  }

  private Generation generation(SentCreate create) {
    SentRow sent = rows.get(create.rowKey());
    boolean last = isLast(create);
    BatchRow row = sent == null ? null : sent.row();
    Optional<Instant> endedAt = last && row != null ? row.endedAt() : Optional.empty();
    Stage stage = last && sent != null ? last(sent, create) : earlier(sent, create);
    return new Generation(
        stage,
        Optional.of(row == null ? create.rowKey() : row.name()),
        last && row != null ? row.generationId().or(create::generationId) : create.generationId(),
        Optional.of(create.clientRequestId()),
        last && row != null ? Optional.of(row.model()) : Optional.empty(),
        create.cost(),
        Optional.of(endedAt.orElse(create.sentAt()).plus(clockOffset)),
        endedAt.isPresent(),
        Optional.empty());
  }

  /** Of the last create of a row, which the state of the row is about. */
  private Stage last(SentRow sent, SentCreate create) {
    BatchRow row = sent.row();
    if (isFetched(row)) return Stage.SAVED;
    return switch (row.state()) {
      case NEW -> Stage.REJECTED;
      case FAILED -> create.generationId().isPresent() ? Stage.FAILED : Stage.REJECTED;
      case UNKNOWN -> Stage.LOST;
      case SAVED -> isDeleted(row) ? Stage.DELETED : Stage.SAVED;
      case CREATING, RUNNING, COMPLETED -> sent.suspended() ? Stage.SUSPENDED : Stage.IN_PROGRESS;
    };
  }

  /** Of a create whose row was created again, or is gone. */
  private Stage earlier(@Nullable SentRow sent, SentCreate create) {
    boolean hasId = create.generationId().isPresent();
    return switch (create.outcome()) {
      case PENDING, UNKNOWN -> current.contains(request(create)) ? Stage.EXTRA : Stage.LOST;
      case NOT_CHARGED -> hasId ? Stage.FAILED : Stage.REJECTED;
      case ACCEPTED -> {
        if (current.contains(request(create))) yield Stage.EXTRA;
        boolean isReplaced = sent != null && !sent.fingerprint().equals(create.fingerprint());
        yield isReplaced ? Stage.ENDED : Stage.LOST;
      }
    };
  }

  /** Whether a person has fetched the video of a row that the batch has not finished. */
  private boolean isFetched(BatchRow row) {
    boolean isUnfinished = !row.state().isEnd() || row.state() == RowState.UNKNOWN;
    return isUnfinished
        && row.state() != RowState.NEW
        && row.location().isEmpty()
        && folder != null
        && Files.exists(folder.resolve(row.name() + ".mp4"));
  }

  /**
   * Whether the file of a video is gone. Only a folder is checked: what a sink returned names
   * something else.
   */
  private boolean isDeleted(BatchRow row) {
    String name = row.name() + ".mp4";
    return folder != null
        && row.location().filter(location -> isFile(location, name)).isPresent()
        && !Files.exists(folder.resolve(name));
  }

  private static boolean isFile(String location, String name) {
    try {
      Path file = Path.of(location).getFileName();
      return !location.contains("://") && file != null && file.toString().equals(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
