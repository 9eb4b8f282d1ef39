package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.FakeApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch that has never reached the server ends soon; an outage later is waited for. */
class UnreachableServerTest {
  private static final RetryPolicy FAST =
      new RetryPolicy(3, Duration.ofMillis(1), 1, Duration.ofMillis(1));

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
    return VideoClient.builder()
        .apiKey("key")
        .baseUrl(url)
        .retryPolicy(FAST)
        .recoveryTimeout(Duration.ZERO)
        .build();
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
    batch.manifest("a,1");
    InProcessBatch lost = new InProcessBatch(folder, listener -> FakeClient.client());
    assertThat(lost.run("--recovery-timeout", "0s").exitCode()).isEqualTo(6);

    InProcessBatch.Run run = batch.run("--recovery-timeout", "1h", "--resubmit-unknown");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
    assertThat(run.out()).isEqualTo("a unknown\n");
    assertThat(run.err()).contains("a: unknown whether the create was accepted: cannot search");
  }
}
