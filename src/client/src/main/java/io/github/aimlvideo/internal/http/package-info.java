/** The generated interfaces over OkHttp: key, timeouts, guarded creates, responses as text. */
@NullMarked
package io.github.aimlvideo.internal.http;

import org.jspecify.annotations.NullMarked;
