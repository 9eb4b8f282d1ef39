/**
 * Video generation on the AI/ML API: give a picture and a prompt to {@link VideoClient}, get an MP4
 * file. A {@link VideoRequest} says what to make, a {@link VideoGeneration} how it stands, and a
 * {@link VideoException} what went wrong. Nothing takes or gives {@code null} unless it says so.
 */
@NullMarked
package io.github.aimlvideo;

import org.jspecify.annotations.NullMarked;
