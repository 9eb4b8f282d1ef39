/**
 * The studio: a page on this machine on which a person makes a request, sees its price, runs it and
 * watches the video.
 */
@NullMarked
package io.github.aimlvideo.cli.studio;

import org.jspecify.annotations.NullMarked;
