package io.github.aimlvideo.cli.studio;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.cli.batch.PendingCreates;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of a folder while this process has it to itself, and a client of their own. */
final class OpenRows implements AutoCloseable {
  /** Of each of two waits at the end; after a signal the JVM has 5 s for everything. */
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
   * @param print prints ids and errors to the terminal
   * @param inform prints the rest, unless it is to be quiet
   */
  record Settings(
      GenerationFolder folder,
      String server,
      PollPolicy pollPolicy,
      Duration recoveryTimeout,
      boolean hasKey,
      Function<GenerationListener, VideoClient> clients,
      Consumer<String> print,
      Consumer<String> inform) {
    /** Whether there are rows from an earlier time. */
    boolean hasRows() {
      return Files.exists(folder.database());
    }
  }

  /**
   * Opens the rows, and resumes them if there is a key. A row is created only if a person has asked
   * for that here: its price may have changed, or a manifest left it unsent on purpose.
   *
   * @param onChange called after each event, and must not wait
   * @throws BatchException if the folder cannot be used
   */
  OpenRows(Settings settings, Runnable onChange) {
    events = new WorkerEvents(settings.print(), settings.inform(), onChange);
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
              .createOnly(events::isRequested)
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

  /**
   * Does what a new start would do, without one, as it would cut creates under way.
   *
   * @throws BatchException if the database fails
   */
  void resume() {
    Set<String> suspended = events.endSuspensions();
    try {
      batch.resume();
    } catch (RuntimeException e) {
      events.suspendAgain(suspended);
      throw e;
    }
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
