/** Holds what was generated, what the logs list and what was charged against each other. */
@NullMarked
package io.github.aimlvideo.batch.audit;

import org.jspecify.annotations.NullMarked;
