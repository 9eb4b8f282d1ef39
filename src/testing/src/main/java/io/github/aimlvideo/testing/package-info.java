/**
 * For the tests of programs that use the client: {@link
 * io.github.aimlvideo.testing.FakeVideoClient} for plain unit tests, and a mock of the API that
 * checks requests against the contract, {@link io.github.aimlvideo.testing.VideoApiMockExtension}
 * for JUnit and {@link io.github.aimlvideo.testing.MockServer} for anything else. They need no key
 * and cost nothing; the mock works offline after its first run.
 */
@NullMarked
package io.github.aimlvideo.testing;

import org.jspecify.annotations.NullMarked;
