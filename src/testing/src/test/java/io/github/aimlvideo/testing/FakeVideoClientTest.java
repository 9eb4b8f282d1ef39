package io.github.aimlvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeVideoClientTest extends AbstractScriptTest {
  private static final VideoRequest REQUEST =
      new KlingVideoV1StandardImageToVideoRequest()
          .imageUrl(Image.url("https://example.com/mona-lisa.png"));

  private final List<GenerationScript> scripts = new ArrayList<>();
  private FakeVideoClient fake = FakeVideoClient.create();

  @Override
  void nextGeneration(GenerationScript script) {
    scripts.add(script);
  }

  @Override
  List<RecordedCreate> creates() {
    return fake.creates();
  }

  @Override
  VideoClient client(Consumer<VideoClientBuilder> settings) {
    fake.close();
    fake = FakeVideoClient.create(settings);
    scripts.forEach(fake::nextGeneration);
    return fake;
  }

  @Override
  long nanoTime() {
    return fake.elapsed().toNanos();
  }

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void hoursPassAtOnce() {
    long start = System.nanoTime();
    fake.nextGeneration(GenerationScript.completed().queued(Duration.ofMinutes(4)));
    fake.nextGeneration(GenerationScript.completed().queued(Duration.ofHours(9)));

    fake.generate(REQUEST);
    Duration first = fake.elapsed();

    assertThatThrownBy(() -> fake.generate(REQUEST))
        .isInstanceOf(GenerationTimeoutException.class)
        .hasMessageContaining("fake-generation-2");
    assertThat(first).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
    assertThat(fake.elapsed()).isEqualTo(first.plus(PollPolicy.DEFAULT.timeout()));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  /** None of them sees the time that another one waits. */
  @Test
  void timeoutOfOneCallPassesAtOnce() {
    fake.nextGeneration(GenerationScript.completed().queued(Duration.ofHours(1)));

    VideoClient view = fake.withTimeout(Duration.ofMinutes(5));

    assertThatThrownBy(() -> view.generate(REQUEST)).isInstanceOf(GenerationTimeoutException.class);
    assertThat(fake.elapsed()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    view.close();
    assertThatThrownBy(() -> fake.get("abc")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void callsAtTheSameTimeSeeTheSameTime() {
    Duration almost = PollPolicy.DEFAULT.timeout().minusSeconds(1);
    for (int i = 0; i < 50; i++) {
      fake.nextGeneration(GenerationScript.completed().generating(almost.dividedBy(i + 1)));
    }

    List<CompletableFuture<VideoGeneration>> all =
        IntStream.range(0, 50).mapToObj(i -> fake.generateAsync(REQUEST)).toList();

    assertThat(all).allSatisfy(each -> assertThat(each.join().isCompleted()).isTrue());
    assertThat(fake.elapsed()).isLessThanOrEqualTo(PollPolicy.DEFAULT.timeout());
  }

  @Test
  void advancePassesTimeForOwnPolls() {
    fake.nextGeneration(GenerationScript.completed().queued(Duration.ofMinutes(1)));
    String id = fake.create(REQUEST).id();

    String before = fake.get(id).status();
    fake.advance(Duration.ofMinutes(1));
    String after = fake.get(id).status();

    assertThat(List.of(before, after)).containsExactly("queued", "completed");
    assertThatThrownBy(() -> fake.advance(Duration.ofNanos(-1)))
        .hasMessage("duration < 0: PT-0.000000001S");
  }

  /** The first call does not end while its callback waits for the second one. */
  @Test
  void callbackMayWaitForAnotherCall() {
    GenerationScript minute = GenerationScript.completed().queued(Duration.ofMinutes(1));
    AtomicReference<VideoGeneration> second = new AtomicReference<>();

    var first =
        fake.generateAsync(REQUEST)
            .thenApply(
                completed -> {
                  fake.nextGeneration(minute);
                  second.set(fake.generate(REQUEST));
                  return completed;
                });

    assertThat(first.join().isCompleted()).isTrue();
    assertThat(second.get().isCompleted()).isTrue();
  }

  @Test
  void isAnObject() {
    fake.create(REQUEST);

    try (FakeVideoClient other = FakeVideoClient.create()) {
      assertThat(fake).isEqualTo(fake).isNotEqualTo(other).hasSameHashCodeAs(fake);
      assertThat(Stream.of(fake, other)).extracting(FakeVideoClient::creates).doesNotContainNull();
      assertThat(other).hasToString("FakeVideoClient[]");
      assertThat(fake.toString()).contains("fake-generation-1");
    }
  }

  @Test
  void refusesCallsAfterItsEnd() {
    fake.close();

    assertThatThrownBy(() -> fake.create(REQUEST)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> fake.advance(Duration.ofHours(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the client is closed");
  }
}
