/** What a batch has sent, read beside its workers. */
@NullMarked
package io.github.aimlvideo.batch.internal.history;

import org.jspecify.annotations.NullMarked;
