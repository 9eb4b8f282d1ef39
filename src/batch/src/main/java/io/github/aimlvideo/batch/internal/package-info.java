/** The parts of a batch. No other module uses them. */
@NullMarked
package io.github.aimlvideo.batch.internal;

import org.jspecify.annotations.NullMarked;
