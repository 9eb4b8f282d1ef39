package io.github.aimlvideo.batch;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.aimlvideo.testing.FakeVideoClient;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class VideoBatchBuilderTest {
  @TempDir Path folder;
  private final FakeVideoClient client = FakeVideoClient.create();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> VideoBatch.inFolder(folder).build())
        .withMessage("client is missing");
    assertThatIllegalStateException()
        .isThrownBy(() -> VideoBatch.on(new SQLiteDataSource()).client(client).build())
        .withMessage("folder or sink is missing");
  }

  @Test
  void aBatchInAFolderHasItsVideosThere() {
    assertThatIllegalStateException()
        .isThrownBy(() -> VideoBatch.inFolder(folder).folder(folder.resolve("videos")))
        .withMessage("the batch is in folder " + folder);
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    VideoBatchBuilder builder = VideoBatch.inFolder(folder);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxInFlight(0))
        .withMessage("maxInFlight must be from 1 to 10000: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxCredits(BigDecimal.ZERO))
        .withMessage("maxCredits must be at least 0.000001: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxUsd(new BigDecimal("1e-999999999")))
        .withMessage("maxUsd must be at least 0.000001: 1E-999999999");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.recoveryTimeout(Duration.ofSeconds(-1)))
        .withMessage("recoveryTimeout < 0: PT-1S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.name(" "))
        .withMessage("name must have 1 to 100 characters:  ");
  }

  @Test
  void theClientIsNotClosed() {
    try (VideoBatch batch = VideoBatch.inFolder(folder).client(client).build()) {
      batch.start();
    }

    client.create(BatchFixture.request("fox")); // a closed one throws
  }
}
