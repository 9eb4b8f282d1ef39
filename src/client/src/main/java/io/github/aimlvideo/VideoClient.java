package io.github.aimlvideo;

import io.github.aimlvideo.account.Account;
import io.github.aimlvideo.api.VideoGenerationsApi;
import io.github.aimlvideo.catalog.Catalog;
import io.github.aimlvideo.catalog.Quote;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Generates videos from images on the AI/ML API.
 * <!-- video of src/examples/src/main/java/examples/GenerateVideo.java -->
 *
 * <pre>{@code
 * String image = "https://s2-111386.kwimgs.com/bs2/mmu-aiplatform-temp/kling/20240620/1.jpeg";
 * try (VideoClient client = VideoClient.builder().build()) { // reads the key from AIML_API_KEY
 *   var request =
 *       new KlingVideoV1StandardImageToVideoRequest()
 *           .imageUrl(Image.url(image)) // or Image.file(Path.of("mona-lisa.jpg"))
 *           .prompt("Mona Lisa puts on glasses with her hands.")
 *           .duration(5);
 *
 *   client.generate(request, Path.of("glasses.mp4")); // takes minutes
 * }
 * }</pre>
 *
 * <p>A call ends with its result, or with a {@link VideoException} that has the generation's id and
 * says whether it may be charged and how to resume. Only a create that definitely did not reach the
 * server is retried. A request that violates the contract is an {@link IllegalArgumentException}
 * before anything is sent.
 *
 * <p>Safe for use by many threads; make one and keep it. Most calls have two forms: the plain one
 * blocks and can be interrupted, the other returns a future, whose dependents run on the
 * {@linkplain VideoClientBuilder#callbackExecutor callback executor}. All threads are daemons.
 *
 * <p>Ending a future, by {@code cancel} or another way, stops polls and downloads, but what was
 * created keeps running. That is so for the future that a call returned: ending one that depends on
 * it, such as that of {@code thenApply}, stops nothing. Instead of a {@code TimeoutException}, its
 * {@code orTimeout} fails with the {@link VideoException} that has the id, most often a {@link
 * GenerationTimeoutException}; {@code get} with a timeout ends nothing.
 */
public interface VideoClient extends AutoCloseable {
  /** A builder that takes the key from the environment variable {@code AIML_API_KEY}. */
  static VideoClientBuilder builder() {
    return new VideoClientBuilder();
  }

  /**
   * Creates a generation and returns as soon as the server accepts it. Costs credits.
   *
   * @throws ApiException if nothing was created
   * @throws CreateOutcomeUnknownException if it is unknown whether it was accepted
   * @throws GenerationInterruptedException if it was accepted while the thread was interrupted
   */
  VideoGeneration create(VideoRequest request);

  /**
   * Creates a generation with a client request id of your own.
   *
   * @param clientRequestId 1 to 128 characters of {@code A-Z a-z 0-9 . _ : -}, a new one for each
   *     create; it finds the create in the vendor's logs, and does not make a repeated create safe
   */
  VideoGeneration create(VideoRequest request, String clientRequestId);

  /** Creates a generation. */
  CompletableFuture<VideoGeneration> createAsync(VideoRequest request);

  /** Creates a generation with a client request id of your own. */
  CompletableFuture<VideoGeneration> createAsync(VideoRequest request, String clientRequestId);

  /**
   * Searches the vendor's logs of the last 24 hours once for a create whose response was lost. It
   * may appear there only after the generation has ended.
   *
   * @return the generation, to be awaited by its id; empty if the logs do not have it, or not yet
   * @throws ApiException if the logs cannot be read
   */
  Optional<VideoGeneration> recover(String clientRequestId);

  /** Searches the vendor's logs once for a create whose response was lost. */
  CompletableFuture<Optional<VideoGeneration>> recoverAsync(String clientRequestId);

  /**
   * Polls a generation once.
   *
   * @throws ApiException if the server refuses or cannot be reached
   */
  VideoGeneration get(String id);

  /** Polls a generation once. */
  CompletableFuture<VideoGeneration> getAsync(String id);

  /**
   * Waits for a generation that this client or another one created, within the policy's timeout
   * from now.
   *
   * @return the completed generation, with its link
   * @throws GenerationFailedException if it failed
   * @throws GenerationTimeoutException if it is still running after the timeout
   * @throws GenerationInterruptedException if the thread is interrupted or the client closed
   * @throws ApiException if the server refuses (400, 401, 403, 404)
   */
  VideoGeneration await(String id);

  /**
   * Waits for a generation and saves its video.
   *
   * @throws IllegalArgumentException if the file cannot be written; checked first
   */
  VideoGeneration await(String id, Path file);

  /** Waits for a generation. */
  CompletableFuture<VideoGeneration> awaitAsync(String id);

  /** Waits for a generation and saves its video; throws as {@link #await(String, Path)}. */
  CompletableFuture<VideoGeneration> awaitAsync(String id, Path file);

  /** Creates a generation and waits for it; the timeout includes the create. */
  VideoGeneration generate(VideoRequest request);

  /**
   * Creates a generation, waits for it and saves its video. Fails as {@code create}, {@code await}
   * or {@code download} do.
   *
   * @throws IllegalArgumentException if the file cannot be written; nothing is sent
   */
  VideoGeneration generate(VideoRequest request, Path file);

  /** Creates a generation and waits for it. An invalid request is thrown, not in the future. */
  CompletableFuture<VideoGeneration> generateAsync(VideoRequest request);

  /** Creates a generation, waits for it and saves its video. Invalid arguments are thrown. */
  CompletableFuture<VideoGeneration> generateAsync(VideoRequest request, Path file);

  /**
   * Saves the video of a completed generation. The file appears, or is replaced, only when the
   * video is whole; missing folders are made. A file that appears during the call is not replaced.
   * An attempt ends after 60 s without a byte; the next one resumes it, with a fresh link if the
   * old one has expired.
   *
   * @return the file
   * @throws DownloadException if there is no video, or it cannot be downloaded or saved
   */
  Path download(VideoGeneration generation, Path file);

  /** Saves the video of a completed generation. If cancelled, nothing of it is left on disk. */
  CompletableFuture<Path> downloadAsync(VideoGeneration generation, Path file);

  /**
   * Writes the video of a completed generation to a stream, which is not closed. As a stream cannot
   * be rewound, the video is first downloaded to a temporary file, and only a whole one is written.
   * If the stream fails, another call downloads it again.
   *
   * @throws DownloadException as {@link #download(VideoGeneration, Path)}, or if the stream fails
   */
  default void download(VideoGeneration generation, OutputStream out) {
    Objects.requireNonNull(out, "out");
    try {
      Path file = Files.createTempFile("aiml-video-", ".mp4");
      try {
        download(generation, file);
        Files.copy(file, out);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      String message = "generation " + generation.id() + ": cannot write the video: ";
      throw new DownloadException(message + e.getMessage(), generation, e);
    }
  }

  /**
   * This client with another timeout of the {@linkplain PollPolicy poll policy}, for one call or
   * more: {@code client.withTimeout(Duration.ofMinutes(5)).generate(request, file)}. It shares all
   * else with this client, so closing one closes both.
   *
   * @param timeout from the start of a {@code generate} or {@code await}; more than 0, at most 365
   *     days
   * @throws IllegalArgumentException if it is another duration
   * @throws UnsupportedOperationException if this is a client of your own without timeouts
   */
  default VideoClient withTimeout(Duration timeout) {
    throw new UnsupportedOperationException("no timeout of its own");
  }

  /** The present catalogue of video models and prices; no key is sent, asking again costs a 304. */
  default Catalog catalog() {
    throw new UnsupportedOperationException("no catalogue");
  }

  /** What a request costs, by the present catalogue. One that violates the contract is refused. */
  default Quote quote(VideoRequest request) {
    return catalog().quote(request);
  }

  /** The account that the key belongs to: balance, ledger and logs. */
  default Account account() {
    throw new UnsupportedOperationException("no account");
  }

  /** The generated interface with key and base URL, for what this one does not cover. */
  VideoGenerationsApi api();

  /** Ends all calls with a failure that has the id; what was created keeps running. */
  @Override
  void close();
}
