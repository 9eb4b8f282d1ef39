/** Where programs of this project keep what they can make anew. */
@NullMarked
package io.github.aimlvideo.cache;

import org.jspecify.annotations.NullMarked;
