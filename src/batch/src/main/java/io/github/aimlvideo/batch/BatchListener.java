package io.github.aimlvideo.batch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Receives what one worker does. Called on its threads, several at a time; a call that blocks holds
 * up a step. An exception is logged and changes nothing. A process that dies may have recorded what
 * it did not report: {@link VideoBatch#rows} has everything.
 */
public interface BatchListener {
  /** The server accepted a create. Called before its id is recorded. */
  default void onCreated(String name, String generationId) {}

  /** A poll succeeded. */
  default void onPolled(String name, String status) {}

  /** A row has ended: it is saved, has failed, or its outcome is unknown. */
  default void onRow(BatchRow row) {}

  /**
   * No worker does more for a row that has not ended: it is still running after the timeout, say,
   * or its video cannot be saved. The next start of a worker resumes it.
   *
   * @param cause a failure of the client, or null
   */
  default void onSuspended(BatchRow row, @Nullable Throwable cause) {}

  /** All workers pause their creates, as the server rejected one. */
  default void onPaused(Duration pause, String reason) {}

  /**
   * This worker sends no more creates.
   *
   * @param cause a failure of the client, or null
   */
  default void onStopped(BatchStop stop, @Nullable Throwable cause) {}

  /**
   * This worker is about to send creates again: {@link VideoBatch#resume} was called after a stop.
   */
  default void onResumed() {}

  /** A create is sent again although the outcome of the last one is unknown. */
  default void onResubmitted(String name) {}

  /** Two creates of a row were accepted, as one was sent again on demand. */
  default void onBoughtTwice(BatchRow row, String otherGenerationId) {}

  /** Something that a person should know, and that is retried. */
  default void onWarning(String message) {}

  /** Words a failure for the reasons of rows and for messages; by default with its message. */
  default String describe(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
