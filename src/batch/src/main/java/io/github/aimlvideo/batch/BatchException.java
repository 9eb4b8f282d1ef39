package io.github.aimlvideo.batch;

import org.jspecify.annotations.Nullable;

/** The database of a batch cannot be used: it is damaged, foreign, in use or out of reach. */
public final class BatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** What is wrong with the database. */
  public enum Reason {
    /** Another process works on the folder. */
    IN_USE,
    /** The database is not from a batch, is damaged, or belongs to something else. */
    UNUSABLE,
    /** The batch belongs to another server, where its ids are valid. */
    OTHER_SERVER,
    /** The database cannot be read or written, perhaps for the moment. */
    FAILED
  }

  /** With a message for a person. */
  public BatchException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
