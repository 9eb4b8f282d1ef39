/** What a person sees at a terminal: progress, and text that cannot harm it. */
@NullMarked
package io.github.aimlvideo.cli.terminal;

import org.jspecify.annotations.NullMarked;
