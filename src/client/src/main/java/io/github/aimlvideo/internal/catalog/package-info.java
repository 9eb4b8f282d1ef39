/** The catalogue of models, and what a request costs by it. */
@NullMarked
package io.github.aimlvideo.internal.catalog;

import org.jspecify.annotations.NullMarked;
