/** The journal of a batch: what was sent, and what became of it. */
@NullMarked
package io.github.aimlvideo.cli.batch.journal;

import org.jspecify.annotations.NullMarked;
