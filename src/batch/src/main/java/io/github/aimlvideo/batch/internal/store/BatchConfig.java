package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.batch.BatchListener;
import io.github.aimlvideo.batch.VideoSink;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** The options of a batch, as {@link io.github.aimlvideo.batch.VideoBatchBuilder} has them. */
public record BatchConfig(
    String name,
    String server,
    Optional<Path> folder,
    Optional<VideoSink> sink,
    int maxInFlight,
    Optional<SpendingLimit> limit,
    boolean acceptUnknownPrices,
    boolean resubmitUnknown,
    Duration recoveryTimeout,
    Duration rejectionTimeout,
    Duration shutdownTimeout,
    PollPolicy pollPolicy,
    Timing timing,
    Optional<Predicate<String>> creatable,
    BatchListener listener) {
  /** Whether a file that the batch has not written has the name of the video. */
  public boolean isTaken(Row row) {
    return row.location == null && isTaken(row.name);
  }

  boolean isTaken(String name) {
    return video(name).filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isPresent();
  }

  /** The file of a video; empty if videos go elsewhere. */
  public Optional<Path> video(String name) {
    if (sink.isPresent()) return Optional.empty();
    return folder.map(path -> path.resolve(name + ".mp4"));
  }
}
