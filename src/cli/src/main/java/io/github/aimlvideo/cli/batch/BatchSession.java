package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.VideoBatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A batch, and a client that it has to itself. */
final class BatchSession implements AutoCloseable {
  final VideoBatch batch;
  private final OpenBatch opened;
  private final BatchEvents events;
  private @Nullable VideoClient client;

  /** Opens a batch that makes its client with a listener. */
  interface Opening {
    OpenBatch open(Function<GenerationListener, VideoClient> client, BatchEvents events);
  }

  BatchSession(
      Opening opening, Function<GenerationListener, VideoClient> clients, BatchEvents events) {
    this.events = events;
    try {
      opened =
          opening.open(
              listener -> {
                VideoClient made = clients.apply(listener);
                client = made;
                return made;
              },
              events);
      batch = opened.batch();
    } catch (RuntimeException e) {
      closeClient();
      throw e;
    }
  }

  /**
   * Works until nothing is left to do, or nothing more can be done; then the batch can only be
   * read.
   *
   * @param untilDone whether to end when nothing is left; if not, more rows are waited for
   * @return whether the thread was interrupted, which ends the work
   * @throws BatchException if the database fails
   */
  boolean run(boolean untilDone) {
    boolean interrupted = false;
    try {
      boolean stopped = batch.run().stopped().isPresent();
      while (!untilDone && !stopped) {
        TimeUnit.SECONDS.sleep(1);
        stopped = batch.run().stopped().isPresent();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      events.end();
    }
    batch.stop();
    closeClient();
    if (interrupted) PendingCreates.await(batch);
    return interrupted | Thread.interrupted(); // the flag would abort what is left to write
  }

  private void closeClient() {
    if (client != null) client.close();
  }

  @Override
  public void close() {
    closeClient();
    opened.close();
  }
}
