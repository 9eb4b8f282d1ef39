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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Whole runs of JUnit with the extension, of tests that pass and fail. */
class MockRunIT {
  private static final Set<URI> ADDRESSES = ConcurrentHashMap.newKeySet();
  private static EngineExecutionResults results;

  @BeforeAll
  static void run() {
    results = runOf(Scripted.class, OfEachTest.class, ByParameter.class);
  }

  private static EngineExecutionResults runOf(Class<?>... classes) {
    var kit = EngineTestKit.engine("junit-jupiter");
    Stream.of(classes).forEach(each -> kit.selectors(selectClass(each)));
    return kit.execute();
  }

  @Test
  void oneMockServesAllClasses() {
    assertThat(ADDRESSES).extracting(URI::getAuthority).hasSize(4).containsOnly(server());
  }

  @Test
  void theMockEndsWithTheRun() {
    URI address = URI.create("http://" + server());

    assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class);
  }

  @Test
  void aTestFailsThatLeavesAScript() {
    assertThat(failureOf("leavesAScript"))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "no create used {\"end\":{\"status\":\"completed\"},"
                + "\"states\":[{\"status\":\"queued\",\"seconds\":0.25}]}");
  }

  @Test
  void theNextTestBeginsWithoutScriptsAndRecords() {
    assertThat(resultOf("findsNothingLeft").getThrowable()).isEmpty();
  }

  @Test
  void aTestThatFailedHasNoSecondReason() {
    Throwable failure = failureOf("failsByItself");

    assertThat(failure).hasMessage("its own reason");
    assertThat(failure.getSuppressed()).isEmpty();
  }

  @Test
  void eachTestMayHaveAMockOfItsOwn() {
    assertThat(resultOf("hasItsOwn").getThrowable()).isEmpty();
    assertThat(resultOf("hasItsOwnToo").getThrowable()).isEmpty();
  }

  @Test
  void theMockOfATestForgetsItThen() {
    assertThat(results.containerEvents().failed().list()).isEmpty();
  }

  @Test
  void aTestMayTakeItAsAParameter() {
    assertThat(resultOf("takesIt").getThrowable()).isEmpty();
  }

  @Test
  void everyClassFailsForTheOneFailedStart() {
    EngineExecutionResults run = runOf(Unstartable.class, UnstartableToo.class);

    assertThat(run.containerEvents().failed().list())
        .extracting(event -> thrownBy(event).getMessage())
        .containsExactly("the mock did not start: no luck", "the mock did not start: no luck");
    assertThat(run.allEvents().skipped().list()).isEmpty();
    assertThat(Unstartable.STARTS).hasValue(1);
  }

  @Test
  void aFailedStartIsTheOnlyReason() {
    EngineExecutionResults run = runOf(UnstartableOfEachTest.class);

    assertThat(run.testEvents().failed().list())
        .extracting(MockRunIT::thrownBy)
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure).hasMessage("the mock did not start: no luck");
              assertThat(failure.getSuppressed()).isEmpty();
            });
  }

  private static String server() {
    return ADDRESSES.iterator().next().getAuthority();
  }

  private static void connect(URI address) throws IOException {
    new Socket(address.getHost(), address.getPort()).close();
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

  private static String creates(String address) {
    Request request = new Request.Builder().url(address + "/mock/creates").build();
    try (Response response = new OkHttpClient().newCall(request).execute()) {
      return response.body().string();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void create(VideoApiMockExtension mock) {
    ADDRESSES.add(URI.create(mock.baseUrl()));
    try (VideoClient client = mock.clientBuilder().build()) {
      client.create(
          new KlingVideoV1StandardImageToVideoRequest()
              .imageUrl(Image.url("https://example.com/mona-lisa.png")));
    }
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class Scripted {
    @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

    @Test
    @Order(1)
    void leavesAScript() {
      create(mock);
      mock.nextGeneration(GenerationScript.completed().queued(Duration.ofMillis(250)));
    }

    @Test
    @Order(2)
    void findsNothingLeft() {
      assertThat(mock.creates()).isEmpty();
      create(mock);
      assertThat(mock.creates()).hasSize(1);
    }

    @Test
    @Order(3)
    void failsByItself() {
      mock.nextGeneration(GenerationScript.completed());
      throw new AssertionError("its own reason");
    }
  }

  static class OfEachTest {
    static final Set<String> USED = ConcurrentHashMap.newKeySet();
    @RegisterExtension final VideoApiMockExtension mock = new VideoApiMockExtension();

    @AfterAll
    static void nothingIsKept() {
      assertThat(USED).hasSize(2).extracting(MockRunIT::creates).containsOnly("[]");
    }

    @Test
    void hasItsOwn() {
      USED.add(mock.baseUrl());
      create(mock);
      assertThat(mock.creates()).hasSize(1);
    }

    @Test
    void hasItsOwnToo() {
      hasItsOwn();
    }
  }

  @ExtendWith(VideoApiMockExtension.class)
  static class ByParameter {
    @Test
    void takesIt(VideoApiMockExtension mock) {
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
      throw new IllegalStateException("the mock did not start: no luck");
    }

    @Test
    void neverBegins() {}
  }

  static class UnstartableToo {
    @RegisterExtension
    static final VideoApiMockExtension mock = new VideoApiMockExtension(Unstartable::start);

    @Test
    void neverBegins() {}
  }

  static class UnstartableOfEachTest {
    @RegisterExtension final VideoApiMockExtension mock = new VideoApiMockExtension(this::start);

    MockServer start() {
      throw new IllegalStateException("the mock did not start: no luck");
    }

    @Test
    void neverBegins() {}
  }
}
