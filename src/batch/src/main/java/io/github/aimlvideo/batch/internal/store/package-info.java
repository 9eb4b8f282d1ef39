/** The tables of batches, and what a caller does with their rows. */
@NullMarked
package io.github.aimlvideo.batch.internal.store;

import org.jspecify.annotations.NullMarked;
