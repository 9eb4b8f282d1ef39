package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.VideoBatch;
import java.util.concurrent.TimeUnit;

/** The creates of a batch whose client was closed. */
public final class PendingCreates {
  /** How long they take to be recorded, at most. */
  private static final long LIMIT = TimeUnit.MILLISECONDS.toNanos(700);

  private PendingCreates() {}

  /**
   * Waits until they are recorded: one that the client was about to repeat as one that was not
   * sent. An interrupt ends it, and so does a database that fails.
   */
  public static void await(VideoBatch batch) {
    long end = System.nanoTime() + LIMIT;
    try {
      while (batch.summary().count(RowState.CREATING) > 0 && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (BatchException e) {
      // what is known of the rows is still to be told
    }
  }
}
