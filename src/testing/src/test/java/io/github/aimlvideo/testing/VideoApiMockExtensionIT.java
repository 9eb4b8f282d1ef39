package io.github.aimlvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs of JUnit with the extension: test classes that pass and fail. */
class VideoApiMockExtensionIT {
  private static final Set<URI> BASE_URLS = ConcurrentHashMap.newKeySet();
  private static EngineExecutionResults results;

  @BeforeAll
  static void run() {
    results = runOf(StaticField.class, InstanceField.class, Parameter.class);
  }

  private static EngineExecutionResults runOf(Class<?>... classes) {
    var kit = EngineTestKit.engine("junit-jupiter");
    Stream.of(classes).forEach(each -> kit.selectors(selectClass(each)));
    return kit.execute();
  }

  @Test
  void oneMockServesAllClasses() {
    assertThat(BASE_URLS).extracting(URI::getAuthority).hasSize(4).containsOnly(server());
  }

  @Test
  void theMockEndsWithTheRun() {
    URI url = URI.create("http://" + server());

    assertThatThrownBy(() -> connect(url)).isInstanceOf(ConnectException.class);
  }

  @Test
  void testThatLeavesAScriptFails() {
    assertThat(failureOf("leavesAScript"))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "unused scripts: {\"end\":{\"status\":\"completed\"},"
                + "\"states\":[{\"status\":\"queued\",\"seconds\":0.25}]}");
  }

  @Test
  void nextTestStartsWithoutScriptsAndCreates() {
    assertThat(resultOf("startsEmpty").getThrowable()).isEmpty();
  }

  @Test
  void failedTestKeepsItsOwnFailure() {
    Throwable failure = failureOf("failsAnyway");

    assertThat(failure).hasMessage("its own failure");
    assertThat(failure.getSuppressed()).isEmpty();
  }

  @Test
  void instanceFieldGivesEachTestItsOwnSession() {
    assertThat(resultOf("hasItsOwnSession").getThrowable()).isEmpty();
    assertThat(resultOf("hasItsOwnSessionToo").getThrowable()).isEmpty();
  }

  @Test
  void sessionIsResetAfterTheTest() {
    assertThat(results.containerEvents().failed().list()).isEmpty();
  }

  @Test
  void testCanTakeTheExtensionAsAParameter() {
    assertThat(resultOf("takesTheExtension").getThrowable()).isEmpty();
  }

  @Test
  void everyClassFailsAfterOneFailedStart() {
    EngineExecutionResults run = runOf(Unstartable.class, UnstartableToo.class);

    assertThat(run.containerEvents().failed().list())
        .extracting(event -> thrownBy(event).getMessage())
        .containsExactly(
            "the mock did not start: out of luck", "the mock did not start: out of luck");
    assertThat(run.allEvents().skipped().list()).isEmpty();
    assertThat(Unstartable.STARTS).hasValue(1);
  }

  @Test
  void failedStartIsTheOnlyFailure() {
    EngineExecutionResults run = runOf(UnstartableInstance.class);

    assertThat(run.testEvents().failed().list())
        .extracting(VideoApiMockExtensionIT::thrownBy)
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure).hasMessage("the mock did not start: out of luck");
              assertThat(failure.getSuppressed()).isEmpty();
            });
  }

  @Test
  void parallelTestsHaveASessionEach() {
    EngineExecutionResults run = parallelRunOf(ParallelInstance.class);

    assertThat(run.testEvents().failed().list()).isEmpty();
    assertThat(run.testEvents().succeeded().count()).isEqualTo(2);
  }

  @Test
  void parallelTestsCannotShareASession() {
    EngineExecutionResults run = parallelRunOf(ParallelStatic.class);

    assertThat(run.testEvents().succeeded().count()).isEqualTo(1);
    assertThat(run.testEvents().failed().list())
        .extracting(event -> thrownBy(event).getMessage())
        .containsExactly(
            "two tests use one VideoApiMockExtension at the same time; make its field an instance"
                + " field, so that each has its own session, or annotate the class with"
                + " @Execution(ExecutionMode.SAME_THREAD)");
  }

  private static EngineExecutionResults parallelRunOf(Class<?> type) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(type))
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
        .execute();
  }

  private static String server() {
    return BASE_URLS.iterator().next().getAuthority();
  }

  private static void connect(URI url) throws IOException {
    new Socket(url.getHost(), url.getPort()).close();
  }

  private static TestExecutionResult resultOf(String test) {
    return results
        .testEvents()
        .finished()
        .filter(event -> event.getTestDescriptor().getDisplayName().startsWith(test + "("))
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .findFirst()
        .orElseThrow();
  }

  private static Throwable failureOf(String test) {
    return resultOf(test).getThrowable().orElseThrow();
  }

  private static Throwable thrownBy(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
  }

  private static String creates(String baseUrl) {
    Request request = new Request.Builder().url(baseUrl + "/mock/creates").build();
    try (Response response = new OkHttpClient().newCall(request).execute()) {
      return response.body().string();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void create(VideoApiMockExtension mock) {
    BASE_URLS.add(URI.create(mock.baseUrl()));
    try (VideoClient client = mock.clientBuilder().build()) {
      client.create(
          new KlingVideoV1StandardImageToVideoRequest()
              .imageUrl(Image.url("https://example.com/mona-lisa.png")));
    }
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class StaticField {
    @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

    @Test
    @Order(1)
    void leavesAScript() {
      create(mock);
      mock.nextGeneration(GenerationScript.completed().queued(Duration.ofMillis(250)));
    }

    @Test
    @Order(2)
    void startsEmpty() {
      assertThat(mock.creates()).isEmpty();
      create(mock);
      assertThat(mock.creates()).hasSize(1);
    }

    @Test
    @Order(3)
    void failsAnyway() {
      mock.nextGeneration(GenerationScript.completed());
      throw new AssertionError("its own failure");
    }
  }

  static class InstanceField {
    static final Set<String> USED = ConcurrentHashMap.newKeySet();
    @RegisterExtension final VideoApiMockExtension mock = new VideoApiMockExtension();

    @AfterAll
    static void nothingIsLeft() {
      assertThat(USED).hasSize(2).extracting(VideoApiMockExtensionIT::creates).containsOnly("[]");
    }

    @Test
    void hasItsOwnSession() {
      USED.add(mock.baseUrl());
      create(mock);
      assertThat(mock.creates()).hasSize(1);
    }

    @Test
    void hasItsOwnSessionToo() {
      hasItsOwnSession();
    }
  }

  @ExtendWith(VideoApiMockExtension.class)
  static class Parameter {
    @Test
    void takesTheExtension(VideoApiMockExtension mock) {
      create(mock);
      assertThat(mock.creates()).hasSize(1);
    }
  }

  static class Unstartable {
    static final AtomicInteger STARTS = new AtomicInteger();

    @RegisterExtension
    static final VideoApiMockExtension mock = new VideoApiMockExtension(Unstartable::start);

    static MockServer start() {
      STARTS.incrementAndGet();
      throw new IllegalStateException("the mock did not start: out of luck");
    }

    @Test
    void neverRuns() {}
  }

  static class UnstartableToo {
    @RegisterExtension
    static final VideoApiMockExtension mock = new VideoApiMockExtension(Unstartable::start);

    @Test
    void neverRuns() {}
  }

  static class UnstartableInstance {
    @RegisterExtension final VideoApiMockExtension mock = new VideoApiMockExtension(this::start);

    MockServer start() {
      throw new IllegalStateException("the mock did not start: out of luck");
    }

    @Test
    void neverRuns() {}
  }

  @Execution(ExecutionMode.CONCURRENT)
  static class ParallelInstance {
    static final CyclicBarrier BOTH = new CyclicBarrier(2);
    @RegisterExtension final VideoApiMockExtension mock = new VideoApiMockExtension();

    @Test
    void first() throws Exception {
      BOTH.await(60, TimeUnit.SECONDS);
      create(mock);
      BOTH.await(60, TimeUnit.SECONDS);
      assertThat(mock.creates()).hasSize(1);
    }

    @Test
    void second() throws Exception {
      first();
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  static class ParallelStatic {
    static final CountDownLatch FAILED = new CountDownLatch(1);
    @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

    @RegisterExtension
    static final AfterEachCallback watcher =
        context -> context.getExecutionException().ifPresent(failure -> FAILED.countDown());

    @Test
    void first() throws Exception {
      create(mock);
      assertThat(FAILED.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(mock.creates()).hasSize(1);
    }

    @Test
    void second() throws Exception {
      first();
    }
  }
}
