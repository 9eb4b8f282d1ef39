package io.github.aimlvideo;

import io.github.aimlvideo.api.VideoGenerationsApi;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;

/**
 * Makes videos from pictures on the AI/ML API.
 *
 * <pre>{@code
 * try (VideoClient client = VideoClient.builder().build()) {
 *   var request = new KlingVideoV1StandardImageToVideoRequest()
 *       .imageUrl(Image.file(Path.of("mona-lisa.jpg")))
 *       .prompt("Mona Lisa puts on glasses with her hands.");
 *   VideoGeneration generation = client.generate(request);
 *   client.download(generation, Path.of("mona-lisa.mp4"));
 * }
 * }</pre>
 *
 * <p>A create costs money once the server accepts it, so it is never sent twice. Safe for use by
 * many threads; make one and keep it. Each call comes in two forms: the plain one blocks and can be
 * interrupted, the other returns a future at once, whose dependents run on the client's threads.
 * Both fail with a {@link VideoException}, the future as its cause. All threads are daemons, so a
 * program ends even if it forgets {@link #close}.
 */
public final class VideoClient implements AutoCloseable {
  private final Engine engine;

  private VideoClient(Engine engine) {
    this.engine = engine;
  }

  /**
   * A builder whose key comes from the environment variable {@code AIML_API_KEY} unless it is set.
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Creates a generation and returns as soon as the server accepts it. Costs credits.
   *
   * @throws ApiException if nothing was created
   * @throws SubmissionUnknownException if nobody knows whether it was accepted, an interruption
   *     included
   */
  public VideoGeneration create(KlingVideoV1StandardImageToVideoRequest request) {
    return engine.create(request);
  }

  /** As {@link #create}. Cancelling the future does not take back what was sent. */
  public CompletableFuture<VideoGeneration> createAsync(
      KlingVideoV1StandardImageToVideoRequest request) {
    return engine.createAsync(request);
  }

  /**
   * Looks once at a generation.
   *
   * @throws ApiException if the server refuses or cannot be reached
   */
  public VideoGeneration get(String id) {
    return engine.get(id);
  }

  /** As {@link #get}. */
  public CompletableFuture<VideoGeneration> getAsync(String id) {
    return engine.getAsync(id);
  }

  /**
   * Waits for the video of a generation that was created before, by this client or another, within
   * the policy's deadline from now.
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

  /** As {@link #await}. Cancelling the future stops the looks; the generation still runs. */
  public CompletableFuture<VideoGeneration> awaitAsync(String id) {
    return engine.awaitAsync(id);
  }

  /**
   * {@link #create}, then {@link #await}; the deadline counts from the start of the create. Fails
   * as either of them.
   */
  public VideoGeneration generate(KlingVideoV1StandardImageToVideoRequest request) {
    return engine.generate(request);
  }

  /**
   * As {@link #generate}. Cancelling the future stops the looks; a generation that was created
   * still runs.
   */
  public CompletableFuture<VideoGeneration> generateAsync(
      KlingVideoV1StandardImageToVideoRequest request) {
    return engine.generateAsync(request);
  }

  /**
   * Saves the video of a completed generation. The file appears, or is replaced, only when the
   * video is whole; missing folders are made. Ends when 60 s pass without a byte.
   *
   * @return the file
   * @throws DownloadException if there is no video, or it cannot be fetched or saved
   */
  public Path download(VideoGeneration generation, Path file) {
    return engine.download(generation, file);
  }

  /** As {@link #download}. Cancelling the future ends the download; nothing of it stays. */
  public CompletableFuture<Path> downloadAsync(VideoGeneration generation, Path file) {
    return engine.downloadAsync(generation, file);
  }

  /**
   * The generated interface to the two operations, with key and address set, for what this class
   * does not do.
   */
  public VideoGenerationsApi api() {
    return engine.api();
  }

  /**
   * Ends everything that waits with a {@link GenerationInterruptedException}; what was created
   * still runs at the server. An OkHttp client that was given to the builder stays open.
   */
  @Override
  public void close() {
    engine.close();
  }

  /**
   * Settings of a client; {@link #build} may be called more than once. Not safe for use by several
   * threads.
   */
  public static final class Builder {
    String apiKey;
    String baseUrl = "https://api.aimlapi.com";
    PollPolicy pollPolicy = PollPolicy.DEFAULT;
    GenerationListener listener = new GenerationListener() {};
    OkHttpClient httpClient;
    boolean legacyAddress;
    Timer timer;

    private Builder() {}

    /** The API key; white space around it is dropped. It is sent to the base URL's origin alone. */
    public Builder apiKey(String apiKey) {
      this.apiKey = Objects.requireNonNull(apiKey);
      return this;
    }

    /**
     * Where the API is, without {@code /v2}; a path prefix is kept. Default {@code
     * https://api.aimlapi.com}; plain http is taken for loopback addresses alone.
     */
    public Builder baseUrl(String baseUrl) {
      this.baseUrl = Objects.requireNonNull(baseUrl);
      return this;
    }

    /** When to look and when to give up; {@link PollPolicy#DEFAULT} unless set. */
    public Builder pollPolicy(PollPolicy pollPolicy) {
      this.pollPolicy = Objects.requireNonNull(pollPolicy);
      return this;
    }

    /** Who hears of each id and each change of status; nobody unless set. */
    public Builder listener(GenerationListener listener) {
      this.listener = Objects.requireNonNull(listener);
      return this;
    }

    /**
     * The OkHttp client whose connections, threads, proxy, timeouts and interceptors are used; it
     * is not closed with this client. Automatic repeats and, towards the API, redirects are
     * switched off in any case.
     */
    public Builder httpClient(OkHttpClient httpClient) {
      this.httpClient = Objects.requireNonNull(httpClient);
      return this;
    }

    /**
     * Whether to use the vendor's older address, {@code /v2/generate/video/kling/generation}, for
     * both operations.
     */
    public Builder legacyAddress(boolean legacyAddress) {
      this.legacyAddress = legacyAddress;
      return this;
    }

    Builder timer(Timer timer) {
      this.timer = timer;
      return this;
    }

    /**
     * A client with these settings. Nothing is sent yet.
     *
     * @throws IllegalArgumentException if there is no key or a setting is wrong; the message says
     *     which
     */
    public VideoClient build() {
      return new VideoClient(new Engine(this));
    }
  }
}
