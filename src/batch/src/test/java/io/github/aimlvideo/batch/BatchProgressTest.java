package io.github.aimlvideo.batch;

import static io.github.aimlvideo.batch.BatchFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.batch.fixture.Where;
import io.github.aimlvideo.batch.internal.database.HotJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchProgressTest {
  @TempDir Path folder;
  private BatchFixture fixture;

  @BeforeEach
  void start() {
    fixture = new BatchFixture(Where.FOLDER, folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private VideoBatch batch() {
    return fixture.builder().name("default").maxInFlight(1).build();
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
