/** Java source that makes a request. */
@NullMarked
package io.github.aimlvideo.cli.studio.code;

import org.jspecify.annotations.NullMarked;
