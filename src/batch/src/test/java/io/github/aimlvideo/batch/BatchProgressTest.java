package io.github.aimlvideo.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.internal.database.HotJournal;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchProgressTest {
  @TempDir Path folder;
  private final FakeApi api = new FakeApi();
  private final VideoClient client =
      VideoClient.builder().apiKey("key").baseUrl(api.url()).recoveryTimeout(Duration.ZERO).build();

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  private VideoBatch batch() {
    PollPolicy policy = PollPolicy.DEFAULT.withInterval(Duration.ofMillis(100));
    return VideoBatch.inFolder(folder).client(client).maxInFlight(1).pollPolicy(policy).build();
  }

  private static VideoRequest request(String prompt) {
    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(Image.url("https://example.com/fox.jpg"))
        .prompt(prompt);
  }

  @Test
  void batchThatIsOpenCanBeReadAndStaysAsItIs() throws Exception {
    try (VideoBatch batch = batch()) {
      batch.add("fox", request("runs"));
      batch.run();
    }
    try (VideoBatch batch = batch()) { // it does not start
      batch.addAll(Map.of("owl", request("flies"), "cat", request("sleeps")));
      byte[] before = Files.readAllBytes(folder.resolve("batch.db"));

      BatchProgress progress = BatchProgress.inFolder(folder);

      assertThat(progress.summary().rows()).isEqualTo(Map.of(RowState.SAVED, 1L, RowState.NEW, 2L));
      assertThat(progress.summary().creditsUsed()).isEqualByComparingTo("100");
      BatchRow fox = batch.row("fox").orElseThrow();
      assertThat(progress.timeLeft()).contains(fox.elapsed().orElseThrow().multipliedBy(2));
      assertThat(folder.resolve("batch.db")).hasBinaryContent(before);
    }
  }

  @Test
  void nothingLeftTakesNoTime() throws Exception {
    try (VideoBatch batch = batch()) {
      batch.add("fox", request("runs"));
      batch.run();
    }

    assertThat(BatchProgress.inFolder(folder).timeLeft()).isEmpty();
  }

  @Test
  void runThatWasKilledWhileItWroteIsSaid(@TempDir Path killed) throws Exception {
    try (VideoBatch batch = batch()) {
      batch.addAll(BatchFixture.requests(200));
    }
    try (HotJournal open = new HotJournal(folder.resolve("batch.db"), "default")) {
      for (String name : List.of("batch.db", "batch.db-journal"))
        Files.copy(folder.resolve(name), killed.resolve(name));
      assertThat(open).isNotNull();
    }
    byte[] before = Files.readAllBytes(killed.resolve("batch.db"));

    assertThatThrownBy(() -> BatchProgress.inFolder(killed))
        .isInstanceOf(BatchException.class)
        .hasMessageContaining("the last run was killed while it wrote");
    assertThat(killed.resolve("batch.db")).hasBinaryContent(before);
  }

  @Test
  void folderWithoutABatchIsRefusedAndGetsNone() throws IOException {
    assertThatThrownBy(() -> BatchProgress.inFolder(folder))
        .isInstanceOf(BatchException.class)
        .hasMessageContaining("there is no batch in " + folder);
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void fileOfSomebodyElseIsRefused() throws IOException {
    Files.writeString(folder.resolve("batch.db"), "mine");

    assertThatThrownBy(() -> BatchProgress.inFolder(folder)).isInstanceOf(BatchException.class);
    assertThat(folder.resolve("batch.db")).hasContent("mine");
  }
}
