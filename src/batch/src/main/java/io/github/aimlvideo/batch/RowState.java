package io.github.aimlvideo.batch;

/** How far a row has come. */
public enum RowState {
  /** No create has been sent, or the last one definitely created nothing. */
  NEW,
  /** A create is about to be sent, or its response has not come yet. */
  CREATING,
  /** The server accepted the create and returned an id; it is charged from here on. */
  RUNNING,
  /** The video can be downloaded. */
  COMPLETED,
  /** The video is saved. */
  SAVED,
  /** The generation failed, which is not charged, or the server refused the request. */
  FAILED,
  /**
   * The response of the create was lost, and the vendor's logs do not have it: it may be charged.
   * The next start searches again.
   */
  UNKNOWN;

  /** Whether no worker does anything more for the row: saved, failed or unknown. */
  public boolean isEnd() {
    return this == SAVED || this == FAILED || this == UNKNOWN;
  }
}
