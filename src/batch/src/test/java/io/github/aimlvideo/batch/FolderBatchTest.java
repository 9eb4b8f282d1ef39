package io.github.aimlvideo.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBatchTest {
  @TempDir Path folder;
  private final FakeApi api = new FakeApi();
  private final VideoClient client =
      VideoClient.builder()
          .apiKey("key")
          .baseUrl(api.url())
          .retryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(1))
          .recoveryTimeout(Duration.ZERO)
          .build();

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  private VideoBatchBuilder builder() {
    return VideoBatch.inFolder(folder)
        .client(client)
        .pollPolicy(PollPolicy.DEFAULT.withInterval(Duration.ofMillis(100)));
  }

  static VideoRequest request(String prompt) {
    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(Image.url("https://example.com/fox.jpg"))
        .prompt(prompt);
  }

  @Test
  void everyRowGetsItsVideo() throws InterruptedException {
    Map<String, VideoRequest> requests = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) requests.put("fox" + i, request("fox " + i));
    BatchSummary summary;
    try (VideoBatch batch = builder().build()) {
      batch.addAll(requests);
      summary = batch.run();
    }

    assertThat(summary.rows()).isEqualTo(Map.of(RowState.SAVED, 20L));
    assertThat(api.accepted).hasSize(20);
  }

  @Test
  void lostCreateIsFoundInTheLogs() throws InterruptedException {
    try (VideoBatch batch = builder().build()) {
      batch.add("fox", request("lost"));
      assertThat(batch.run().isComplete()).isTrue();
    }
    assertThat(api.accepted).hasSize(1);
  }

  @Test
  void rejectedRowsHoldNothingUp() throws InterruptedException {
    api.before = prompt -> FakeApi.problem(402, "no credits");
    try (VideoBatch batch = builder().build()) {
      batch.add("fox", request("fox"));
      BatchSummary summary = batch.run();

      assertThat(summary.rows()).isEqualTo(Map.of(RowState.NEW, 1L));
      assertThat(summary.stopped().orElseThrow().reason())
          .isEqualTo(BatchStop.Reason.CREATES_REFUSED);
    }
  }
}
