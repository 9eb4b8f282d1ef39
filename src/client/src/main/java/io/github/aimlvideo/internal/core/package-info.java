/** What the three operations share: one skeleton, one configuration, time and threads. */
@NullMarked
package io.github.aimlvideo.internal.core;

import org.jspecify.annotations.NullMarked;
