package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.cli.ExitCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows that have an id: waits for their ends, and fetches their films. */
final class Generations {
  /** As many as the client fetches at once; more would wait there, and their links die. */
  private static final int FETCHES_AT_ONCE = 8;

  private static final Duration LINK_LIVES = Duration.ofMinutes(5);

  private final Work work;
  private final VideoClient client;
  private final Set<RowState> running = new HashSet<>();
  private final Deque<Film> films = new ArrayDeque<>();
  private final Set<RowState> fetching = new HashSet<>();

  Generations(Work work, VideoClient client) {
    this.work = work;
    this.client = client;
  }

  /** A film that waits to be fetched. */
  private record Film(RowState state, VideoGeneration completed, long since) {}

  int running() {
    return running.size();
  }

  /** Those that run, and those whose films are not in their places. */
  int underWay() {
    return running.size() + films.size() + fetching.size();
  }

  void await(RowState state) {
    running.add(state);
    work.after(
        client.awaitAsync(state.id()),
        (completed, failure) -> {
          running.remove(state);
          if (failure == null) completed(state, completed);
          else failed(state, failure);
        });
  }

  private void completed(RowState state, VideoGeneration completed) {
    if (!state.is(Step.COMPLETED)) {
      work.note(state, Entry.of(state.row.name(), Step.COMPLETED, null));
    }
    films.add(new Film(state, completed, System.nanoTime()));
  }

  private void failed(RowState state, Throwable failure) {
    if (failure instanceof GenerationFailedException e) {
      work.budget.notCharged(state.clientRequestId());
      String why = e.generation().flatMap(VideoGeneration::failureReason).orElse(e.getMessage());
      work.failed(state, why);
    } else if (failure instanceof GenerationTimeoutException
        || failure instanceof GenerationInterruptedException) {
      work.hinder(state, ExitCode.STILL_RUNNING, "generation " + state.id() + " still runs");
    } else {
      int code = failure instanceof ApiException e ? ExitCode.of(e) : ExitCode.OTHER;
      work.hinder(state, code, failure.getMessage());
      if (code == ExitCode.DENIED) work.stop(code, failure.getMessage());
    }
  }

  void fetchMore() {
    while (fetching.size() < FETCHES_AT_ONCE && !films.isEmpty()) {
      Film next = films.poll();
      if (System.nanoTime() - next.since > LINK_LIVES.toNanos()) await(next.state);
      else fetch(next.state, next.completed);
    }
  }

  private void fetch(RowState state, VideoGeneration completed) {
    fetching.add(state);
    try {
      work.after(
          client.downloadAsync(completed, work.folder.resolve(state.row.file())),
          (file, failure) -> fetched(state, failure));
    } catch (IllegalArgumentException e) { // a folder of that name
      fetched(state, e);
    }
  }

  private void fetched(RowState state, @Nullable Throwable failure) {
    fetching.remove(state);
    if (failure == null) {
      work.saved(state);
      return;
    }
    work.hinder(state, ExitCode.OTHER, failure.getMessage());
    if (failure instanceof DownloadException && !Disk.hasRoom(work.folder)) {
      work.stop(ExitCode.OTHER, "nothing more is sent, " + work.folder + " has no room for a film");
    }
  }
}
