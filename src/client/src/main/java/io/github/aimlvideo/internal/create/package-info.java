/** One create, until its outcome is known. */
@NullMarked
package io.github.aimlvideo.internal.create;

import org.jspecify.annotations.NullMarked;
