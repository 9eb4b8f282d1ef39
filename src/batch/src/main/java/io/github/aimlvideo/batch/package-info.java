/** Durable batches: many generations, resumable after any interruption without paying twice. */
@NullMarked
package io.github.aimlvideo.batch;

import org.jspecify.annotations.NullMarked;
