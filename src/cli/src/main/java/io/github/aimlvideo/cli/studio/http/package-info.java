/** The server of the studio: for this machine only, with what HTTP needs beside the page. */
@NullMarked
package io.github.aimlvideo.cli.studio.http;

import org.jspecify.annotations.NullMarked;
