/**
 * The vendor's catalogue: {@link io.github.aimlvideo.catalog.Catalog} has the video models and
 * their prices, and quotes what a request costs.
 */
@NullMarked
package io.github.aimlvideo.catalog;

import org.jspecify.annotations.NullMarked;
