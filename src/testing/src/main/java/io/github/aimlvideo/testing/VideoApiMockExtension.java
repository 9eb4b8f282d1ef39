package io.github.aimlvideo.testing;

import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit extension that runs tests against a mock of the API. It needs no key, costs nothing, and
 * works offline after the first run.
 * <!-- test of src/examples/src/test/java/examples/LostResponseTest.java -->
 *
 * <pre>{@code
 * @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();
 *
 * @Test
 * void createsOnlyOneGeneration() {
 *   mock.nextGeneration(GenerationScript.completed().loseCreateResponse());
 *   Image image = Image.url("https://example.com/fox.jpg");
 *
 *   try (VideoClient client = mock.clientBuilder().build()) {
 *     client.generate(new KlingVideoV1StandardImageToVideoRequest().imageUrl(image));
 *   }
 *
 *   assertEquals(1, mock.creates().size());
 * }
 * }</pre>
 *
 * <p>A test can take the extension as a parameter instead, with
 * {@code @ExtendWith(VideoApiMockExtension.class)}.
 *
 * <p>The first test class starts one mock for the whole test run. The mock needs {@code bash}, and
 * Docker or Node 18.20 or later. It ends with the run, even if the JVM is killed. The first start
 * on a machine fetches Prism: as a Docker image, or with npm into the user's cache folder. If the
 * mock cannot run, every test fails with the reason in one line; none is skipped.
 *
 * <p>Each instance has its own base URL, scripts and recorded creates, so test classes can run in
 * parallel. The tests of one class can if the field is not static; else they fail with a message
 * that says so. {@code @ExtendWith} creates one instance for the class. Each test starts without
 * scripts and recorded creates. It fails if it leaves a script that no create has used. Generations
 * without a script complete at once.
 */
public final class VideoApiMockExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private final String sessionName = UUID.randomUUID().toString();
  private final Supplier<MockServer> start;
  private final AtomicReference<@Nullable String> running = new AtomicReference<>();
  private volatile @Nullable MockSession session;

  /**
   * Creates an extension for {@code @RegisterExtension}. The mock starts with the first test class.
   */
  public VideoApiMockExtension() {
    this(MockServer::start);
  }

  VideoApiMockExtension(Supplier<MockServer> start) {
    this.start = start;
  }

  /**
   * The base URL of the API, with a path; the same for all tests that share this instance.
   *
   * @throws IllegalStateException if the mock has not started yet
   */
  public String baseUrl() {
    return session().baseUrl();
  }

  /** An API key. The mock accepts any. */
  public String apiKey() {
    return "no-key-needed";
  }

  /**
   * A builder with the base URL, the key, and policies for fast tests: a poll every 100 ms with a
   * timeout of 30 s, at most 5 attempts with delays of 10 to 100 ms, and a recovery timeout of 1 s.
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
   * Adds a script. The creates of this test use the scripts in the order in which they were added.
   * A retry of a create continues the script of its first attempt.
   */
  public void nextGeneration(GenerationScript script) {
    session().add(Objects.requireNonNull(script, "script"));
  }

  /**
   * Changes the account of this test: its balance, prices and errors. What was charged remains.
   * Replaces an account that was set before; each test starts with {@link AccountScript#standard}.
   */
  public void useAccount(AccountScript account) {
    session().use(Objects.requireNonNull(account, "account"));
  }

  /** The creates of this test that the mock accepted, the oldest first. */
  public List<RecordedCreate> creates() {
    return session().creates();
  }

  private MockSession session() {
    MockSession started = session;
    if (started == null) {
      throw new IllegalStateException(
          "the mock has not started; use it in a test, with @RegisterExtension or @ExtendWith");
    }
    return started;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    session = new MockSession(sharedServer(context), sessionName);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    String test = context.getUniqueId();
    String other = running.compareAndExchange(null, test);
    if (other != null) {
      throw new IllegalStateException(
          "two tests use one VideoApiMockExtension at the same time; make its field an instance"
              + " field, so that each has its own session, or annotate the class with"
              + " @Execution(ExecutionMode.SAME_THREAD)");
    }
    if (session == null) beforeAll(context); // the field is not static
    session().reset();
  }

  /** Fails the test if a script is unused, unless the test has failed already. */
  @Override
  public void afterEach(ExtensionContext context) {
    if (!context.getUniqueId().equals(running.get())) return; // another test has the session
    MockSession used = session;
    List<String> unused = List.of();
    try {
      if (used == null) return; // the mock did not start
      unused = used.unusedScripts();
      used.reset(); // the mock outlives this instance
    } finally {
      running.set(null);
    }
    if (context.getExecutionException().isEmpty() && !unused.isEmpty()) {
      throw new AssertionError("unused scripts: " + String.join(", ", unused));
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

  /**
   * One server for the whole run. If it fails to start, every class fails without another attempt.
   */
  private MockServer sharedServer(ExtensionContext context) {
    Store store = context.getRoot().getStore(Namespace.create(VideoApiMockExtension.class));
    synchronized (VideoApiMockExtension.class) {
      RuntimeException failure = store.get("failure", RuntimeException.class);
      if (failure != null) throw failure;
      MockServer server = store.get("server", MockServer.class);
      try {
        if (server == null) {
          server = start.get();
          store.put("server", server); // JUnit closes it since 5.13, and what follows before
          store.put("end", (CloseableResource) server::close);
        }
      } catch (IllegalStateException e) {
        store.put("failure", e);
        throw e;
      }
      return server;
    }
  }
}
