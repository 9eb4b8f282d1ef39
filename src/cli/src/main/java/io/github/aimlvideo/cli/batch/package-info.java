/**
 * Batches: many generations from a manifest, resumable after any interruption without paying twice.
 */
@NullMarked
package io.github.aimlvideo.cli.batch;

import org.jspecify.annotations.NullMarked;
