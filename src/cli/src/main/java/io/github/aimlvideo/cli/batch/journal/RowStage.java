package io.github.aimlvideo.cli.batch.journal;

/** How far a row has come, as the journal records it. */
public enum RowStage {
  /** A create is about to be sent; without a later stage its outcome is unknown. */
  CREATING("unknown"),
  /** The create definitely created nothing. */
  UNSENT("unsent"),
  /** The server accepted the create and returned an id; it is charged from here on. */
  CREATED("running"),
  /** The video can be downloaded. */
  COMPLETED("running"),
  /** The video is in its file. */
  SAVED("completed"),
  /** The generation failed, or the server rejected the request; neither is charged. */
  FAILED("failed");

  /** The status of a row at this stage. */
  public final String status;

  RowStage(String status) {
    this.status = status;
  }
}
