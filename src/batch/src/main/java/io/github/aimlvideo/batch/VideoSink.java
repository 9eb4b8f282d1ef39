package io.github.aimlvideo.batch;

import java.io.IOException;
import java.nio.file.Path;

/** Where videos go, other than to a folder: object storage, for instance. */
@FunctionalInterface
public interface VideoSink {
  /**
   * Stores a video. Called by several threads, and again for the same row if the process ended
   * before the result was recorded; the second video should then replace the first one.
   *
   * @param video a temporary file with the whole video, deleted after the call
   * @return where it is, for {@link BatchRow#location}
   * @throws IOException if it cannot be stored; it is retried
   */
  String save(BatchRow row, Path video) throws IOException;
}
