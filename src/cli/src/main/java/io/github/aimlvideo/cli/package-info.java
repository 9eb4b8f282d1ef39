/** The command line: commands parse arguments, call the client and print results. */
@NullMarked
package io.github.aimlvideo.cli;

import org.jspecify.annotations.NullMarked;
