/** The results of a batch as a page. */
@NullMarked
package io.github.aimlvideo.cli.batch.page;

import org.jspecify.annotations.NullMarked;
