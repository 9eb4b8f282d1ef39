package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.batch.journal.JournalEntry;
import io.github.aimlvideo.cli.batch.journal.RowStage;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows that have an id: awaits their generations and downloads their videos. */
final class GenerationTracker {
  /** As many as the client downloads at once; URLs of more would expire while they wait. */
  private static final int MAX_DOWNLOADS = 8;

  private static final Duration URL_LIFETIME = Duration.ofMinutes(5);

  private final BatchContext context;
  private final VideoClient client;
  private final Set<RowState> polling = new HashSet<>();
  private final Deque<Video> videos = new ArrayDeque<>();
  private final Set<RowState> downloading = new HashSet<>();

  GenerationTracker(BatchContext context, VideoClient client) {
    this.context = context;
    this.client = client;
  }

  /** A video that waits for its download. */
  private record Video(RowState state, VideoGeneration completed, long since) {}

  int polling() {
    return polling.size();
  }

  /** Generations that run, and those whose videos are not saved yet. */
  int active() {
    return polling.size() + videos.size() + downloading.size();
  }

  void await(RowState state) {
    polling.add(state);
    context.statusLine().start(state.id());
    context.whenComplete(
        client.awaitAsync(state.id()),
        (completed, failure) -> {
          polling.remove(state);
          context.statusLine().end(state.id());
          if (failure == null) completed(state, completed);
          else failed(state, failure);
        });
  }

  private void completed(RowState state, VideoGeneration completed) {
    if (!state.is(RowStage.COMPLETED)) {
      context.record(state, JournalEntry.of(state.row.name(), RowStage.COMPLETED, null));
    }
    videos.add(new Video(state, completed, System.nanoTime()));
  }

  private void failed(RowState state, Throwable failure) {
    if (failure instanceof GenerationFailedException e) {
      context.budget.notCharged(state.clientRequestId());
      String reason =
          e.generation().flatMap(VideoGeneration::failureReason).orElse(ErrorMessage.unescaped(e));
      context.recordFailed(state, reason);
    } else if (failure instanceof GenerationTimeoutException
        || failure instanceof GenerationInterruptedException) {
      context.giveUp(
          state, ExitCode.STILL_RUNNING, "generation " + state.id() + " is still running");
    } else {
      int code = failure instanceof ApiException e ? ExitCode.of(e) : ExitCode.OTHER;
      context.giveUp(state, code, ErrorMessage.unescaped(failure));
      if (code == ExitCode.DENIED) context.stop(code, ErrorMessage.of(failure));
    }
  }

  void downloadMore() {
    while (downloading.size() < MAX_DOWNLOADS && !videos.isEmpty()) {
      Video next = videos.poll();
      if (System.nanoTime() - next.since > URL_LIFETIME.toNanos()) await(next.state);
      else download(next.state, next.completed);
    }
  }

  private void download(RowState state, VideoGeneration completed) {
    Path video = context.folder.resolve(state.row.file());
    if (Files.exists(video, LinkOption.NOFOLLOW_LINKS)) {
      refuse(state, video);
      return;
    }
    downloading.add(state);
    try {
      context.whenComplete(
          client.downloadAsync(completed, video), (file, failure) -> downloaded(state, failure));
    } catch (IllegalArgumentException e) { // for instance a folder with that name
      downloaded(state, e.getCause() == null ? e : e.getCause());
    }
  }

  /** A file that is there now is the user's; the next run must not take it for the video. */
  private void refuse(RowState state, Path video) {
    String name = state.row.name();
    context.record(state, JournalEntry.created(name, state.id(), state.result().creditsUsed()));
    context.giveUp(state, ExitCode.OTHER, video + " is not from this batch; move it away");
  }

  private void downloaded(RowState state, @Nullable Throwable failure) {
    downloading.remove(state);
    if (failure == null) {
      context.recordSaved(state);
      return;
    }
    context.giveUp(state, ExitCode.OTHER, ErrorMessage.unescaped(failure));
    if (failure instanceof DownloadException && !DiskSpace.isLeft(context.folder)) {
      context.stop(ExitCode.OTHER, "no space left for videos in " + context.folder);
    }
  }
}
