/** One generation, until it has ended. */
@NullMarked
package io.github.aimlvideo.internal.poll;

import org.jspecify.annotations.NullMarked;
