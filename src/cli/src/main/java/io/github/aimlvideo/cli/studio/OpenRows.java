package io.github.aimlvideo.cli.studio;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchPreview;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.cli.batch.PendingCreates;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of a folder while this process has it to itself, and a client of their own. */
final class OpenRows implements AutoCloseable {
  /** Of each of two waits; after a signal the JVM has 5 s for everything. */
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofMillis(1500);

  final VideoBatch batch;
  final WorkerEvents events;
  private @Nullable VideoClient client;

  /**
   * How rows are worked on.
   *
   * @param server the base URL of the API
   * @param recoveryTimeout how long to search the logs for a create whose response was lost
   * @param hasKey whether they can be worked on at all
   * @param clients makes a client, without recovery of its own
   */
  record Settings(
      GenerationFolder folder,
      String server,
      PollPolicy pollPolicy,
      Duration recoveryTimeout,
      boolean hasKey,
      Function<GenerationListener, VideoClient> clients) {
    /** Whether there are rows from an earlier time. */
    boolean hasRows() {
      return Files.exists(folder.database());
    }
  }

  /**
   * Opens the rows, and resumes them if there is a key.
   *
   * @param onChange called after each event, and must not wait
   * @throws IllegalArgumentException if rows that were not sent are of somebody else
   * @throws BatchException if the folder cannot be used
   */
  OpenRows(Settings settings, Runnable onChange) {
    if (settings.hasKey() && settings.hasRows()) checkUnsent(settings);
    events = new WorkerEvents(onChange);
    try {
      batch =
          VideoBatch.inFolder(settings.folder().path())
              .client(
                  listener -> {
                    VideoClient made = settings.clients().apply(listener);
                    client = made;
                    return made;
                  })
              .server(settings.server())
              .pollPolicy(settings.pollPolicy())
              .recoveryTimeout(settings.recoveryTimeout())
              .rejectionTimeout(settings.pollPolicy().timeout())
              .shutdownTimeout(SHUTDOWN_TIMEOUT)
              .listener(events)
              .build();
    } catch (RuntimeException e) {
      closeClient();
      throw e;
    }
    try {
      if (settings.hasKey()) batch.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** A manifest's rows may be left unsent on purpose, as for a limit; starting would buy them. */
  private static void checkUnsent(Settings settings) {
    List<String> others =
        BatchPreview.inFolder(settings.folder().path()).rows().stream()
            .filter(row -> row.state() == RowState.NEW)
            .map(BatchRow::name)
            .filter(name -> !Files.exists(settings.folder().archive(name)))
            .toList();
    if (others.isEmpty()) return;
    throw new IllegalArgumentException(
        "--out: "
            + settings.folder().path()
            + " has a batch with rows that were not sent, such as "
            + others.get(0)
            + "; finish it with aiml-video batch, or choose another folder");
  }

  /** Ends the work; what was created keeps running, and rows can still be read. */
  void stop() {
    batch.stop();
    closeClient();
    PendingCreates.await(batch);
  }

  private void closeClient() {
    if (client != null) client.close();
  }

  @Override
  public void close() {
    stop(); // creates first: one that is cut would have an unknown outcome
    batch.close();
  }
}
