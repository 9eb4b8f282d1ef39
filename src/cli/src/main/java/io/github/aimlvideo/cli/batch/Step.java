package io.github.aimlvideo.cli.batch;

/** How far a row has come, as the journal notes it. */
enum Step {
  /** A create is about to be sent; without a later step nobody knows what became of it. */
  SENDING("unknown"),
  /** That create surely made nothing. */
  UNSENT("unsent"),
  /** The server has accepted it and named its id; it costs from here on. */
  CREATED("running"),
  /** Its film can be fetched. */
  COMPLETED("running"),
  /** The film is in its place. */
  SAVED("completed"),
  /** It ended without a film, or the server refused the request; neither is charged. */
  FAILED("failed");

  /** What is told of a row that has come no further. */
  final String status;

  Step(String status) {
    this.status = status;
  }
}
