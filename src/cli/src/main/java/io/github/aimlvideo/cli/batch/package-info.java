/**
 * Many generations from one table, which can be killed at any moment and resumed without paying
 * twice.
 */
@NullMarked
package io.github.aimlvideo.cli.batch;

import org.jspecify.annotations.NullMarked;
