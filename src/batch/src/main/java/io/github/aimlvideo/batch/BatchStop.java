package io.github.aimlvideo.batch;

/**
 * Why a worker sends no more creates. Generations that run are polled and downloaded.
 *
 * @param message for a person
 */
public record BatchStop(Reason reason, String message) {
  /** What a person can do about it. */
  public enum Reason {
    /** The server refused the key (401, 403). */
    KEY_REFUSED,
    /** The server refuses every create, for instance as there are no credits (402). */
    CREATES_REFUSED,
    /** No request of this worker has reached a server. */
    UNREACHABLE,
    /** All creates were rejected for too long (429, 503, no connection). */
    REJECTED_FOR_TOO_LONG,
    /** The next create could exceed the limit of credits or dollars, or has no known price. */
    CREDITS,
    /** There is no space for the database or for videos, or the folder cannot be written. */
    NO_SPACE
  }
}
