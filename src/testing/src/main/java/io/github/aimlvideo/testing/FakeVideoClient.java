package io.github.aimlvideo.testing;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A client for plain unit tests. It needs no process, no network and no key, starts in milliseconds
 * and never waits.
 * <!-- test of src/examples/src/test/java/examples/FakeClientTest.java -->
 *
 * <pre>{@code
 * @Test
 * void createsOnlyOneGeneration() {
 *   Image image = Image.url("https://example.com/fox.jpg");
 *   try (FakeVideoClient client = FakeVideoClient.create()) {
 *     client.nextGeneration(
 *         GenerationScript.completed().loseCreateResponse().queued(Duration.ofMinutes(4)));
 *
 *     client.generate(new KlingVideoV1StandardImageToVideoRequest().imageUrl(image));
 *
 *     assertEquals(1, client.creates().size());
 *   }
 * }
 * }</pre>
 *
 * <p>It is the real client before a fake of the API in this JVM, on a loopback port of the JDK's
 * module {@code jdk.httpserver}. So retries, exceptions, events and downloads are those of the real
 * one. The fake follows the same scripts as {@link VideoApiMockExtension} and refuses requests that
 * violate the contract.
 *
 * <p>Its time is not the system's: while all calls pause, the time of the next one comes at once. A
 * generation of an hour takes milliseconds, and its timeout too. Without a script a generation
 * completes at its first poll. The timeouts of single requests do not end a scripted latency.
 *
 * <p>Safe for use by many threads. Each one has its own scripts, generations and time.
 */
public interface FakeVideoClient extends VideoClient {
  /** A client with the default settings. */
  static FakeVideoClient create() {
    return create(settings -> {});
  }

  /**
   * A client with settings of your own, such as a listener or a poll policy. Leave base URL, key,
   * scheduler and {@code httpClient} alone.
   */
  static FakeVideoClient create(Consumer<VideoClientBuilder> settings) {
    return FakeCalls.start(settings);
  }

  /**
   * Adds a script. The creates use the scripts in the order in which they were added. A retry of a
   * create continues the script of its first attempt.
   */
  void nextGeneration(GenerationScript script);

  /**
   * Changes the account: its balance, prices and errors. What was charged remains. Replaces an
   * account that was set before; the first one is {@link AccountScript#standard}.
   */
  void useAccount(AccountScript account);

  /** The creates that the fake accepted, the oldest first. */
  List<RecordedCreate> creates();

  /** The fake time since this client was made. */
  Duration elapsed();

  /**
   * Lets fake time pass, for code that polls by itself with {@link #get}.
   *
   * @throws IllegalArgumentException if the duration is negative
   * @throws IllegalStateException if the client is closed
   */
  void advance(Duration duration);
}
