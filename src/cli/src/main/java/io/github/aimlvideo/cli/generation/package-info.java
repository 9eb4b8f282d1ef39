/** The commands that work on one generation: create it, wait for it, find it, save its video. */
@NullMarked
package io.github.aimlvideo.cli.generation;

import org.jspecify.annotations.NullMarked;
