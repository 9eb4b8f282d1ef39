/** The client behind the interface; not exported, and not for use by other modules. */
@NullMarked
package io.github.aimlvideo.internal;

import org.jspecify.annotations.NullMarked;
