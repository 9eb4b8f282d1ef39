package io.github.aimlvideo.batch.internal.steps;

import static io.github.aimlvideo.batch.BatchFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.batch.BatchFixture;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.batch.fixture.Where;
import io.github.aimlvideo.batch.internal.history.BatchHistory;
import io.github.aimlvideo.batch.internal.history.SentCreate;
import io.github.aimlvideo.batch.internal.store.CreateTable.Outcome;
import io.github.aimlvideo.batch.internal.store.ProgressReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Creates whose response is lost while the logs cannot be searched. */
class SuspendedCreateTest {
  @TempDir private Path folder;
  private BatchFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  private VideoBatch batch(Where where) {
    return fixture
        .builder()
        .name(where == Where.FOLDER ? ProgressReader.DEFAULT_NAME : fixture.name)
        .maxCredits(BigDecimal.valueOf(250))
        .rejectionTimeout(Duration.ZERO)
        .build();
  }

  private List<Outcome> outcomes(Where where) {
    BatchHistory history =
        where == Where.FOLDER
            ? BatchHistory.read(folder)
            : BatchHistory.read(fixture.database(), fixture.name);
    return history.creates().stream().map(SentCreate::outcome).toList();
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(60)
  void countsAsQuotedAndIsFoundByTheNextStart(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    fixture.api.catalog.setPrice("0.00005");
    fixture.api.lostLogs = true;
    try (VideoBatch batch = batch(where)) {
      batch.add("fox", request("a fox"));
      batch.add("owl", request("lost"));
      batch.add("bee", request("a bee"));

      BatchSummary summary = batch.run();

      assertThat(summary.stopped().orElseThrow().message()).endsWith("spent 200 of 250");
      assertThat(summary.unknownCosts()).isEqualTo(1);
      assertThat(batch.row("owl").orElseThrow().state()).isEqualTo(RowState.CREATING);
    }
    assertThat(outcomes(where)).containsExactlyInAnyOrder(Outcome.ACCEPTED, Outcome.UNKNOWN);
    fixture.api.lostLogs = false;

    try (VideoBatch batch = batch(where)) {
      assertThat(batch.run().stopped().orElseThrow().message()).endsWith("spent 200 of 250");
      BatchFixture.await(
          "it has its video", () -> batch.row("owl").orElseThrow().state() == RowState.SAVED);
    }
    assertThat(outcomes(where)).containsOnly(Outcome.ACCEPTED);
    assertThat(fixture.api.accepted).containsExactly("a fox", "lost");
  }
}
