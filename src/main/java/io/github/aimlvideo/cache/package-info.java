/**
 * Where programs of this project keep what they can make anew. Internal: no API for callers, and
 * subject to change in any version.
 */
@NullMarked
package io.github.aimlvideo.cache;

import org.jspecify.annotations.NullMarked;
