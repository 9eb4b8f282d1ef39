package io.github.aimlvideo.testing;

import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs tests of JUnit against the mock of the API: no key, no cost, no internet after the first
 * run.
 * <!-- test of src/examples/test/examples/FilmMakerTest.java -->
 *
 * <pre>{@code
 * @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();
 *
 * @Test
 * void paysOnceAlthoughTheAnswerIsLost(@TempDir Path folder) {
 *   mock.nextGeneration(
 *       GenerationScript.completed().loseCreateResponse().generating(Duration.ofMillis(300)).truncateDownloads(1));
 *
 *   try (VideoClient client = mock.clientBuilder().build()) {
 *     new FilmMaker(client).make("https://example.com/fox.jpg", folder.resolve("fox.mp4"));
 *   }
 *
 *   assertThat(mock.creates()).hasSize(1);
 *   assertThat(folder.resolve("fox.mp4")).isNotEmptyFile();
 * }
 * }</pre>
 *
 * <p>With {@code @ExtendWith(VideoApiMockExtension.class)} a test takes it as a parameter instead.
 * The first test class starts one mock for all, by Docker or else by Node 18.20 (with {@code
 * bash}); it ends with the run (with JUnit before 5.13 when the JVM does), or with the JVM however
 * that ends. The very first start on a machine fetches Prism, into the cache folder of the user.
 * Where the mock cannot run, the tests fail, each with the line that says why; none is skipped.
 *
 * <p>Each object of this class has an address, scripts and records of its own, so test classes may
 * run at the same time; the tests of one class may if its field is not static; {@code @ExtendWith}
 * makes one object for the class. Scripts and records are those of one test: it begins without any,
 * and fails if it leaves a script that no create has used. Generations without a script are
 * completed at once.
 */
public final class VideoApiMockExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private final String room = UUID.randomUUID().toString();
  private final Supplier<MockServer> start;
  private volatile @Nullable MockSession api;

  /** For {@code @RegisterExtension}; nothing is started yet. */
  public VideoApiMockExtension() {
    this(MockServer::start);
  }

  VideoApiMockExtension(Supplier<MockServer> start) {
    this.start = start;
  }

  /**
   * The base URL of the API, the same for all tests that share this object; a path is part of it.
   *
   * @throws IllegalStateException if the mock has not started yet, as before the tests of the class
   */
  public String baseUrl() {
    return api().baseUrl();
  }

  /** A key that the mock takes; it takes any. */
  public String apiKey() {
    return "no-key-needed";
  }

  /**
   * A builder with base URL, key and short times: a look every 100 ms for at most 30 s, 5 tries 10
   * to 100 ms apart, 1 s for looking up a lost create.
   */
  public VideoClientBuilder clientBuilder() {
    PollPolicy quick =
        PollPolicy.DEFAULT.withInterval(Duration.ofMillis(100)).withTimeout(Duration.ofSeconds(30));
    return VideoClient.builder()
        .baseUrl(baseUrl())
        .apiKey(apiKey())
        .pollPolicy(quick)
        .retryPolicy(new RetryPolicy(5, Duration.ofMillis(10), 2, Duration.ofMillis(100)))
        .recoveryTimeout(Duration.ofSeconds(1));
  }

  /**
   * Scripts the life of the next generation, or of the next after those that are scripted already.
   * A create that is sent again keeps its life, as it keeps its client request id.
   */
  public void nextGeneration(GenerationScript life) {
    api().add(Objects.requireNonNull(life, "life"));
  }

  /** The creates of this test that the mock accepted, the oldest first. */
  public List<RecordedCreate> creates() {
    return api().creates();
  }

  private MockSession api() {
    MockSession started = api;
    if (started == null) {
      throw new IllegalStateException(
          "the mock starts before the tests of the class; is it a static @RegisterExtension field?");
    }
    return started;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    api = new MockSession(shared(context), room);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (api == null) beforeAll(context); // the field is not static
    api().reset();
  }

  /** A test that has failed already needs no second reason. */
  @Override
  public void afterEach(ExtensionContext context) {
    MockSession used = api;
    if (used == null) return; // it did not start
    List<String> unused = used.unusedLives();
    used.reset(); // the mock outlives this object
    if (context.getExecutionException().isEmpty() && !unused.isEmpty()) {
      throw new AssertionError("no create used " + String.join(", ", unused));
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == VideoApiMockExtension.class;
  }

  @Override
  public VideoApiMockExtension resolveParameter(
      ParameterContext parameter, ExtensionContext context) {
    return this;
  }

  /** One for the whole run. Why it did not start is told to every class, and not tried again. */
  private MockServer shared(ExtensionContext context) {
    Store store = context.getRoot().getStore(Namespace.create(VideoApiMockExtension.class));
    synchronized (VideoApiMockExtension.class) {
      RuntimeException failure = store.get("failure", RuntimeException.class);
      if (failure != null) throw failure;
      MockServer server = store.get("server", MockServer.class);
      try {
        if (server == null) store.put("server", server = start.get());
      } catch (IllegalStateException e) {
        store.put("failure", e);
        throw e;
      }
      return server;
    }
  }
}
