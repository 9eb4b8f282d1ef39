/** Requests from options and JSON files. */
@NullMarked
package io.github.aimlvideo.cli.request;

import org.jspecify.annotations.NullMarked;
