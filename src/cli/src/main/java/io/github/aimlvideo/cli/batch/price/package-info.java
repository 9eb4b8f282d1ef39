/** What a batch may spend, and what it would cost. */
@NullMarked
package io.github.aimlvideo.cli.batch.price;

import org.jspecify.annotations.NullMarked;
