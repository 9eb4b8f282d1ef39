package io.github.aimlvideo.batch;

import static io.github.aimlvideo.batch.BatchFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.batch.fixture.Where;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code of a caller in a batch: listeners and sinks. */
class ListenerTest {
  @TempDir private Path folder;
  private BatchFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void exceptionsOfAListenerChangeNothing(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    BatchListener failing =
        new BatchListener() {
          @Override
          public void onCreated(String name, String generationId) {
            throw new IllegalStateException("created");
          }

          @Override
          public void onPolled(String name, String status) {
            throw new IllegalStateException("polled");
          }

          @Override
          public void onRow(BatchRow row) {
            throw new IllegalStateException("row");
          }
        };
    try (VideoBatch batch = fixture.builder().listener(failing).build()) {
      batch.addAll(BatchFixture.requests(3));

      assertThat(batch.run().isComplete()).isTrue();
    }
    assertThat(fixture.api.accepted).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void listenerThatCannotDescribeAFailureChangesNothing(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    BatchListener failing =
        new BatchListener() {
          @Override
          public String describe(Throwable failure) {
            throw new IllegalStateException("no words");
          }
        };
    try (VideoBatch batch = fixture.builder().listener(failing).build()) {
      batch.add("bad", request("rejected"));

      assertThat(batch.run().rows()).isEqualTo(Map.of(RowState.FAILED, 1L));
      assertThat(batch.row("bad").orElseThrow().reason().orElseThrow()).contains("is wrong");
    }
  }

  @ParameterizedTest
  @EnumSource
  void listenerUsesTheBatch(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    List<String> rows = new CopyOnWriteArrayList<>();
    VideoBatch[] batch = new VideoBatch[1];
    BatchListener adding =
        new BatchListener() {
          @Override
          public void onRow(BatchRow row) {
            rows.add(row.name());
            if (row.name().equals("first")) batch[0].add("second", request("second"));
          }
        };
    try (VideoBatch opened = fixture.builder().listener(adding).build()) {
      batch[0] = opened;
      opened.add("first", request("first"));

      assertThat(opened.run().rows()).isEqualTo(Map.of(RowState.SAVED, 2L));
    }
    assertThat(rows).containsExactly("first", "second");
  }

  @ParameterizedTest
  @EnumSource
  void listenerUsesTheBatchWhenTheCreditsEnd(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    List<Long> totals = new CopyOnWriteArrayList<>();
    VideoBatch[] batch = new VideoBatch[1];
    BatchListener reading =
        new BatchListener() {
          @Override
          public void onStopped(BatchStop stop, Throwable cause) {
            totals.add(batch[0].summary().total());
          }
        };
    VideoBatchBuilder builder =
        fixture.builder().maxCredits(new BigDecimal(100)).acceptUnknownPrices(true);
    try (VideoBatch opened = builder.listener(reading).build()) {
      batch[0] = opened;
      opened.addAll(BatchFixture.requests(2));

      assertThat(opened.run().rows()).isEqualTo(Map.of(RowState.SAVED, 1L, RowState.NEW, 1L));
    }
    assertThat(totals).containsExactly(2L);
  }

  @ParameterizedTest
  @EnumSource
  void sinkGetsEveryVideo(Where where) throws Exception {
    fixture = new BatchFixture(where, folder);
    Map<String, String> stored = new ConcurrentHashMap<>();
    VideoSink sink =
        (row, video) -> {
          stored.put(row.name(), Files.readString(video));
          return "s3://bucket/" + row.name();
        };
    try (VideoBatch batch = fixture.builder().sink(sink).build()) {
      batch.addAll(BatchFixture.requests(3));

      assertThat(batch.run().isComplete()).isTrue();
      assertThat(batch.row("r2").orElseThrow().location()).contains("s3://bucket/r2");
    }
    assertThat(stored).isEqualTo(Map.of("r0", "video", "r1", "video", "r2", "video"));
    assertThat(fixture.video("r0")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void sinkIsCalledAgainAfterAFailure(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    AtomicInteger calls = new AtomicInteger();
    VideoSink sink =
        (row, video) -> {
          if (calls.getAndIncrement() == 0) throw new IOException("no bucket");
          return "stored";
        };
    try (VideoBatch batch = fixture.builder().sink(sink).build()) {
      batch.add("fox", request("a fox"));

      assertThat(batch.run().isComplete()).isTrue();
    }
    assertThat(calls).hasValue(2);
    assertThat(fixture.api.accepted).hasSize(1);
  }
}
