package io.github.aimlvideo.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.batch.fixture.BatchFolder;
import io.github.aimlvideo.batch.internal.database.ShiftedTimes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that is set between two runs changes nothing but the times that are shown. */
@Timeout(60)
class SetClockTest {
  private final FakeApi api = new FakeApi();
  @TempDir private Path path;
  private BatchFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new BatchFolder(path, api.url());
  }

  @AfterEach
  void close() {
    folder.close();
    api.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "P-9000D", "P9000D", "PT-6M"})
  void clockThatIsSetBetweenRunsHoldsNothingUp(Duration set) throws Exception {
    api.polls = Integer.MAX_VALUE;
    try (VideoBatch batch = folder.builder().pollPolicy(BatchFolder.SHORT).build()) {
      batch.addAll(BatchFolder.rows("runs", 2));
      batch.addAll(BatchFolder.rows("vanished", 1));
      batch.run();
      batch.addAll(BatchFolder.rows("new", 2));
    }
    ShiftedTimes.shift(folder.file, set.toMillis());
    api.polls = 2;

    try (VideoBatch batch = folder.builder().build()) {
      BatchSummary summary = batch.run();

      assertThat(summary.count(RowState.SAVED)).isEqualTo(4);
      assertThat(summary.count(RowState.UNKNOWN)).isEqualTo(1);
      assertThat(batch.rows())
          .allSatisfy(
              row -> assertThat(row.elapsed().orElse(Duration.ZERO).isNegative()).isFalse());
    }
    assertThat(api.creates).hasValue(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "P-9000D", "P9000D"})
  void searchedTimeCountsInTheNextRun(Duration set) throws Exception {
    Duration search = Duration.ofMillis(500);
    try (VideoBatch batch = folder.builder().recoveryTimeout(search).build()) {
      batch.addAll(BatchFolder.rows("vanished", 1));
      batch.run();
    }
    ShiftedTimes.shift(folder.file, set.toMillis());

    int requests = api.logRequests.size();
    try (VideoBatch batch = folder.builder().recoveryTimeout(search).build()) {
      batch.run();
    }
    assertThat(api.logRequests).as("all time is over").hasSize(requests + 1);

    ShiftedTimes.shift(folder.file, set.toMillis());
    VideoBatchBuilder longer = folder.builder().recoveryTimeout(Duration.ofHours(1));
    try (VideoBatch batch = longer.timing(BatchFixture.TIMING).build()) {
      batch.start();
      BatchFixture.await("the search continues", () -> api.logRequests.size() > requests + 3);
    }
  }
}
