package io.github.aimlvideo.batch.internal.steps;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.VideoSink;
import io.github.aimlvideo.batch.internal.store.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Saves videos to the folder, or gives them to the sink. */
final class Downloads {
  private static final int MAX_ATTEMPTS = 3;

  private final WorkerContext context;
  private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

  Downloads(WorkerContext context) {
    this.context = context;
  }

  /**
   * Saves the video of a row.
   *
   * @param completed null if the link has to be asked for
   */
  OptionalLong execute(Row row, @Nullable VideoGeneration completed) {
    Path file = context.config.video(row.name).orElse(null);
    if (file == null) return save(row, completed, video -> store(row, video));
    if (isOurs(row, file)) return save(row, completed, video -> download(video, file));
    if (Files.exists(file, NOFOLLOW_LINKS)) {
      if (context.store.database().isFile()) return suspendForeign(row, file);
      return save(row, completed, video -> isVideo(video, file) ? location(file) : null);
    }
    row.location = location(file); // from here on, a file with this name is ours
    if (!write(row)) return OptionalLong.of(context.clock.millis());
    return save(row, completed, video -> download(video, file));
  }

  /** Saves a video; returns where it is, or null if there is a file of somebody else. */
  private interface Saving {
    @Nullable String save(VideoGeneration video) throws IOException;
  }

  private OptionalLong save(Row row, @Nullable VideoGeneration completed, Saving saving) {
    String location;
    try {
      String id = String.valueOf(row.generationId);
      VideoGeneration video = completed == null ? context.client().get(id) : completed;
      context.heard(null);
      location = saving.save(video);
    } catch (IOException | RuntimeException e) {
      context.heard(e);
      return failed(row, e);
    }
    if (location == null) return suspendForeign(row, context.config.video(row.name).orElseThrow());
    row.location = location;
    return saved(row);
  }

  private String download(VideoGeneration video, Path file) throws IOException {
    context.client().download(video, file);
    return location(file);
  }

  /** Whether a file with this name is from this batch; workers may have folders of their own. */
  private boolean isOurs(Row row, Path file) {
    if (row.location == null) return false;
    return context.store.database().isFile() || row.location.equals(location(file));
  }

  private String location(Path file) {
    return (context.store.database().isFile() ? file : file.toAbsolutePath()).toString();
  }

  /** Whether this worker has saved the video before another one went on with the row. */
  private boolean isVideo(VideoGeneration generation, Path file) throws IOException {
    Path temporary = Files.createTempFile("aiml-video-", ".mp4");
    try {
      context.client().download(generation, temporary);
      return Files.isRegularFile(file) && Files.mismatch(temporary, file) == -1;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private OptionalLong suspendForeign(Row row, Path file) {
    return suspend(row, file + " is not from this batch; move it away", null);
  }

  private String store(Row row, VideoGeneration generation) throws IOException {
    VideoSink sink = context.config.sink().orElseThrow();
    Path temporary = Files.createTempFile("aiml-video-", ".mp4");
    try {
      context.client().download(generation, temporary);
      return sink.save(row.view(), temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private OptionalLong saved(Row row) {
    attempts.remove(row.key);
    row.state = RowState.SAVED;
    row.reason = null;
    if (write(row)) context.ended(row);
    return OptionalLong.empty();
  }

  private OptionalLong failed(Row row, Exception e) {
    Optional<String> problem =
        context.config.folder().flatMap(folder -> DiskSpace.problem(folder, true));
    if (problem.isPresent()) {
      context.stop(BatchStop.Reason.NO_SPACE, problem.get(), e);
      return suspend(row, context.reason(e), e);
    }
    if (attempts.merge(row.key, 1, Integer::sum) < MAX_ATTEMPTS)
      return OptionalLong.of(context.retryAt());
    attempts.remove(row.key);
    return suspend(row, context.reason(e), e);
  }

  private OptionalLong suspend(Row row, String reason, @Nullable Exception cause) {
    row.suspended = true;
    row.setReason(reason);
    if (write(row)) context.suspended(row, cause);
    return OptionalLong.empty();
  }

  private boolean write(Row row) {
    return context
        .store
        .database()
        .transaction(session -> context.store.rows().update(session, row));
  }
}
