/** Values in requests and messages. Depends on no other package, so that the API can use it. */
@NullMarked
package io.github.aimlvideo.internal.values;

import org.jspecify.annotations.NullMarked;
