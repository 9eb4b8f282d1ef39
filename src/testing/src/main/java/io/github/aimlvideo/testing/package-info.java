/**
 * A mock of the API for the tests of programs that use the client: {@link
 * io.github.aimlvideo.testing.VideoApiMockExtension} for JUnit, {@link
 * io.github.aimlvideo.testing.MockServer} for anything else. It needs no key, costs nothing, and
 * works offline after the first run.
 */
@NullMarked
package io.github.aimlvideo.testing;

import org.jspecify.annotations.NullMarked;
