/** Requests to JSON, with images streamed; JSON to responses, whatever its shape. */
@NullMarked
package io.github.aimlvideo.internal.json;

import org.jspecify.annotations.NullMarked;
