package io.github.aimlvideo;

import java.util.OptionalLong;

/**
 * What is known of a generation before it is looked at.
 *
 * @param createdAt when its create was answered, in the timer's nanoseconds; empty for a generation
 *     that somebody else created
 * @param lengths how long its like take
 */
record Known(VideoGeneration generation, OptionalLong createdAt, Lengths lengths) {}
