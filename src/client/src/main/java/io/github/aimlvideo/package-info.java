/**
 * Video generation on the AI/ML API: pass an image and a prompt to a {@link VideoClient}, get an
 * MP4 file. A {@link VideoRequest} asks for a video, a {@link VideoGeneration} describes its
 * progress, a {@link VideoException} what went wrong. Parameters and results are not {@code null}
 * unless annotated so.
 */
@NullMarked
package io.github.aimlvideo;

import org.jspecify.annotations.NullMarked;
