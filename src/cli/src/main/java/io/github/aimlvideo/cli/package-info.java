/** The command line: its commands parse, call the client, and print. */
@NullMarked
package io.github.aimlvideo.cli;

import org.jspecify.annotations.NullMarked;
