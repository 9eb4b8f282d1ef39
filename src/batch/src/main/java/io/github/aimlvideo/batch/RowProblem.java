package io.github.aimlvideo.batch;

/** Why a row cannot be added. */
public enum RowProblem {
  /** The name is not one of a file, or too long. */
  INVALID_NAME(
      "the name must be 1 to 100 letters, digits, '.', '_' or '-', and begin with a"
          + " letter, digit or '_'"),
  /** Another row has this name in another case, so both would have one file. */
  SAME_NAME("another row has this name in another case"),
  /** The row has another request. */
  CHANGED("another request was added under this name; choose another name, or replace it"),
  /** The row cannot be replaced while its generation runs. */
  RUNNING("its generation is still running"),
  /** A file that the batch has not written has the name of the video. */
  FILE_EXISTS("a file that is not from this batch has the name of its video");

  private final String message;

  RowProblem(String message) {
    this.message = message;
  }

  /** What is wrong, for a person. */
  public String message() {
    return message;
  }
}
