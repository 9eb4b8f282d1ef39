/** One video, until it is in its file. */
@NullMarked
package io.github.aimlvideo.internal.download;

import org.jspecify.annotations.NullMarked;
