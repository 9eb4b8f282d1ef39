package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.VideoClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch that has never reached the server ends soon; an outage later is waited for. */
@Timeout(60)
class UnreachableServerTest {
  private static final RetryPolicy FAST =
      new RetryPolicy(3, Duration.ofMillis(1), 1, Duration.ofMillis(1));
  private static final ApiException UNREACHABLE = failure(0);

  @TempDir private Path folder;
  private String url;
  private InProcessBatch batch;

  @BeforeEach
  void manifest() throws IOException {
    FakeApi closed = new FakeApi();
    url = closed.url();
    closed.close();
    batch = new InProcessBatch(folder, listener -> client());
    batch.manifest("a,1", "b,2", "c,3");
  }

  private VideoClient client() {
    return VideoClient.builder().apiKey("key").baseUrl(url).retryPolicy(FAST).build();
  }

  @Test
  void batchStopsAndSaysHowToResume() {
    InProcessBatch.Run run = batch.run();

    assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
    assertThat(run.out()).isEqualTo("a unsent\nb unsent\nc unsent\n");
    assertThat(run.err())
        .contains("stopped creating: nothing was created: cannot connect to the server")
        .contains("\n3 unsent\n", "\nresume with:\n")
        .doesNotContain("pausing");
    try (FakeApi api = new FakeApi()) {
      url = api.url();
      assertThat(batch.run().exitCode()).isZero();
      assertThat(api.accepted).hasSize(3);
    }
  }

  @Test
  void searchForALostCreateStopsToo() throws IOException {
    FakeClient api = new FakeClient();
    batch.manifest("a,vanishes");
    InProcessBatch lost = new InProcessBatch(folder, listener -> api.client());
    assertThat(lost.run("--recovery-timeout", "0s").exitCode()).isEqualTo(6);

    InProcessBatch.Run run = batch.run("--recovery-timeout", "1h", "--resubmit-unknown");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
    assertThat(run.out()).isEqualTo("a unknown\n");
    assertThat(run.err()).contains("a: unknown whether the create was accepted: cannot search");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 429, 503})
  void anyResponseReachesTheServer(int status) {
    BatchContext context = context();
    assertThat(context.isUnreachable(UNREACHABLE)).isTrue();
    assertThat(context.isUnreachable(failure(status))).isFalse();
    context.whenComplete(CompletableFuture.failedFuture(UNREACHABLE), (none, failure) -> {});
    assertThat(context.isUnreachable(UNREACHABLE)).isTrue();

    context.whenComplete(CompletableFuture.failedFuture(failure(status)), (none, failure) -> {});

    assertThat(context.isUnreachable(UNREACHABLE)).isFalse();
  }

  @Test
  void successReachesTheServer() {
    BatchContext context = context();

    context.whenComplete(CompletableFuture.completedFuture(1), (one, failure) -> {});

    assertThat(context.isUnreachable(UNREACHABLE)).isFalse();
  }

  private BatchContext context() {
    return new BatchContext(null, folder, new CreditBudget(null), BatchClock.system(), null, null);
  }

  private static ApiException failure(int status) {
    return new ApiException("failed", status, null, null, null, null, null);
  }
}
