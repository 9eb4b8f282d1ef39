/** Checks requests against the contract and Kling's limits before they are sent. */
@NullMarked
package io.github.aimlvideo.internal.validation;

import org.jspecify.annotations.NullMarked;
