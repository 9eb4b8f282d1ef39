/** Manifests: what a batch is told to make. */
@NullMarked
package io.github.aimlvideo.cli.batch.manifest;

import org.jspecify.annotations.NullMarked;
