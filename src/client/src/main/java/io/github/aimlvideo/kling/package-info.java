/**
 * Helpers for Kling's models: {@link io.github.aimlvideo.kling.MotionBrush} draws masks and
 * trajectories, {@link io.github.aimlvideo.kling.CameraMoves} names camera movements.
 */
@NullMarked
package io.github.aimlvideo.kling;

import org.jspecify.annotations.NullMarked;
