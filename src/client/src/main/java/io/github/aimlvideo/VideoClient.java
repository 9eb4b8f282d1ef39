package io.github.aimlvideo;

import io.github.aimlvideo.api.VideoGenerationsApi;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Makes videos from pictures on the AI/ML API.
 * <!-- film of src/examples/java/examples/Blocking.java -->
 *
 * <pre>{@code
 * try (VideoClient client = VideoClient.builder().build()) { // the key: AIML_API_KEY
 *   var request =
 *       new KlingVideoV1StandardImageToVideoRequest()
 *           .imageUrl(Image.file(Path.of("mona-lisa.jpg")))
 *           .prompt("Mona Lisa puts on glasses with her hands.")
 *           .duration(5);
 *
 *   client.generate(request, Path.of("glasses.mp4")); // minutes
 * }
 * }</pre>
 *
 * <p>Whatever happens between the first byte and the file on disk, it ends with the file, or with a
 * {@link VideoException} that holds the id and says whether it may have been charged and how to go
 * on. A create is sent again only if it surely did not reach the server. A request that breaks the
 * contract is an {@link IllegalArgumentException} before anything is sent.
 *
 * <p>Safe for use by many threads; make one and keep it. Most calls come in two forms: the plain
 * one blocks and can be interrupted, the other returns a future at once, whose dependents run on
 * the {@linkplain VideoClientBuilder#callbackExecutor executor}. All threads of the client are
 * daemons, so a program ends even if it forgets {@link #close}.
 */
public final class VideoClient implements AutoCloseable {
  private final Engine engine;

  VideoClient(Engine engine) {
    this.engine = engine;
  }

  /** A builder whose key comes from the environment variable {@code AIML_API_KEY} unless set. */
  public static VideoClientBuilder builder() {
    return new VideoClientBuilder();
  }

  /**
   * Creates a generation and returns as soon as the server accepts it. Costs credits.
   *
   * @throws ApiException if nothing was created
   * @throws CreateOutcomeUnknownException if nobody knows whether it was accepted
   * @throws GenerationInterruptedException if it was accepted while the thread was interrupted
   */
  public VideoGeneration create(VideoRequest request) {
    return engine.create(request, ClientRequestId.random());
  }

  /**
   * Creates a generation under a client request id of your own.
   *
   * @param clientRequestId 1 to 128 characters of {@code A-Z a-z 0-9 . _ : -}; it finds the create
   *     in the vendor's logs, so use each once; it makes no repeated create safe
   * @throws IllegalArgumentException if it has another form; nothing is sent
   */
  public VideoGeneration create(VideoRequest request, String clientRequestId) {
    return engine.create(request, ClientRequestId.checked(clientRequestId));
  }

  /** Creates a generation. Cancelling the future does not take back what was sent. */
  public CompletableFuture<VideoGeneration> createAsync(VideoRequest request) {
    return engine.createAsync(request, ClientRequestId.random());
  }

  /** Creates a generation under a client request id of your own. */
  public CompletableFuture<VideoGeneration> createAsync(
      VideoRequest request, String clientRequestId) {
    return engine.createAsync(request, ClientRequestId.checked(clientRequestId));
  }

  /**
   * Looks once for a create whose answer was lost, in the vendor's logs of the last 24 hours. It
   * may appear there only after the generation has ended.
   *
   * @return the generation, to be awaited by its id; empty if the logs do not have it, or not yet
   * @throws ApiException if the logs cannot be read
   */
  public Optional<VideoGeneration> recover(String clientRequestId) {
    return engine.recover(clientRequestId);
  }

  /** Looks once for a create whose answer was lost. */
  public CompletableFuture<Optional<VideoGeneration>> recoverAsync(String clientRequestId) {
    return engine.recoverAsync(clientRequestId);
  }

  /**
   * Looks once at a generation.
   *
   * @throws ApiException if the server refuses or cannot be reached
   */
  public VideoGeneration get(String id) {
    return engine.get(id);
  }

  /** Looks once at a generation. */
  public CompletableFuture<VideoGeneration> getAsync(String id) {
    return engine.getAsync(id);
  }

  /**
   * Waits for a generation that was created before, by this client or another, within the policy's
   * deadline from now.
   *
   * @return the completed generation, with its link
   * @throws GenerationFailedException if it failed
   * @throws GenerationTimeoutException at the deadline; it still runs
   * @throws GenerationInterruptedException if the thread is interrupted or the client closed; it
   *     still runs
   * @throws ApiException if the server refuses to tell (400, 401, 403, 404)
   */
  public VideoGeneration await(String id) {
    return engine.await(id);
  }

  /**
   * Waits for a generation and saves its video; whether it can be saved is checked first.
   *
   * @return the completed generation
   * @throws IllegalArgumentException if the file cannot be written there
   */
  public VideoGeneration await(String id, Path file) {
    return engine.await(id, file);
  }

  /** Waits for a generation. Cancelling the future stops the looks; the generation still runs. */
  public CompletableFuture<VideoGeneration> awaitAsync(String id) {
    return engine.awaitAsync(id);
  }

  /**
   * Waits for a generation and saves its video; whether it can be saved is checked first.
   * Cancelling the future stops the looks or the download; the generation still runs.
   *
   * @throws IllegalArgumentException if the file cannot be written there
   */
  public CompletableFuture<VideoGeneration> awaitAsync(String id, Path file) {
    return engine.awaitAsync(id, file);
  }

  /**
   * Creates a generation and waits for it; the deadline counts from the start of the create. Fails
   * as {@code create} or {@code await} do.
   *
   * @return the completed generation, with its link
   */
  public VideoGeneration generate(VideoRequest request) {
    return engine.generate(request);
  }

  /**
   * Creates a generation, waits for it and saves its video; whether it can be saved is checked
   * before the create. Fails as {@code create}, {@code await} or {@code download} do.
   *
   * @return the completed generation
   * @throws IllegalArgumentException if the file cannot be written there; nothing is sent
   */
  public VideoGeneration generate(VideoRequest request, Path file) {
    return engine.generate(request, file);
  }

  /**
   * Creates a generation and waits for it. Cancelling the future stops the looks; a generation that
   * was created still runs, and the listener has its id.
   *
   * @throws IllegalArgumentException at once, not in the future, if the request breaks the contract
   */
  public CompletableFuture<VideoGeneration> generateAsync(VideoRequest request) {
    return engine.generateAsync(request);
  }

  /**
   * Creates a generation, waits for it and saves its video; whether it can be saved is checked
   * before the create. Cancelling the future stops the looks or the download; a generation that was
   * created still runs.
   *
   * @throws IllegalArgumentException at once, not in the future, if the request breaks the contract
   *     or the file cannot be written there; nothing is sent
   */
  public CompletableFuture<VideoGeneration> generateAsync(VideoRequest request, Path file) {
    return engine.generateAsync(request, file);
  }

  /**
   * Saves the video of a completed generation. The file appears, or is replaced, only when the
   * video is whole; missing folders are made. A break is gone on from, a dead link replaced by a
   * fresh one; a try ends when 60 s pass without a byte.
   *
   * @return the file
   * @throws DownloadException if there is no video, or it cannot be fetched or saved
   */
  public Path download(VideoGeneration generation, Path file) {
    return engine.download(generation, file);
  }

  /** Saves the video. Cancelling the future ends the download; nothing of it stays. */
  public CompletableFuture<Path> downloadAsync(VideoGeneration generation, Path file) {
    return engine.downloadAsync(generation, file);
  }

  /** The generated interface, with key and address set, for what this class does not do. */
  public VideoGenerationsApi api() {
    return engine.api();
  }

  /**
   * Ends everything that waits, with a failure that holds the id; what was created still runs at
   * the server. An OkHttp client that was given to the builder stays open.
   */
  @Override
  public void close() {
    engine.close();
  }
}
