/** The worker of a batch, and the steps of a row: create, search, poll, download. */
@NullMarked
package io.github.aimlvideo.batch.internal.steps;

import org.jspecify.annotations.NullMarked;
