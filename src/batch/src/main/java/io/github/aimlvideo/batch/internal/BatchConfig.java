package io.github.aimlvideo.batch.internal;

import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.batch.BatchListener;
import io.github.aimlvideo.batch.VideoSink;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The options of a batch, as {@link io.github.aimlvideo.batch.VideoBatchBuilder} has them. */
public record BatchConfig(
    String name,
    String server,
    Optional<Path> folder,
    Optional<VideoSink> sink,
    int maxInFlight,
    Optional<BigDecimal> maxCredits,
    boolean acceptUnknownPrices,
    boolean resubmitUnknown,
    Duration recoveryTimeout,
    Duration rejectionTimeout,
    Duration shutdownTimeout,
    PollPolicy pollPolicy,
    Timing timing,
    BatchListener listener) {}
