package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.internal.core.DurationEstimates.Estimate;
import java.util.OptionalLong;

/**
 * A generation and what the client knows of it beside the responses.
 *
 * @param createdAt when its create was answered, in the scheduler's nanoseconds; empty if this
 *     client did not create it
 * @param estimate how long generations of its kind take
 */
public record TrackedGeneration(
    VideoGeneration generation, OptionalLong createdAt, Estimate estimate) {}
