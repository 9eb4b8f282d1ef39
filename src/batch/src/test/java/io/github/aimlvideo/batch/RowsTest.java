package io.github.aimlvideo.batch;

import static io.github.aimlvideo.batch.BatchFixture.request;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.fixture.Where;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller does with rows, in a folder and in PostgreSQL. */
class RowsTest {
  private static final Duration SHORT = Duration.ofMillis(400);

  @TempDir private Path folder;
  private BatchFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  private VideoBatch batch(Where where) {
    fixture = new BatchFixture(where, folder);
    return fixture.builder().build();
  }

  private static Map<String, RowProblem> refused(
      VideoBatch batch, Map<String, ? extends VideoRequest> requests) {
    InvalidRowsException refused =
        catchThrowableOfType(InvalidRowsException.class, () -> batch.addAll(requests));
    return refused.problems();
  }

  @ParameterizedTest
  @EnumSource
  void everyRowGetsItsVideo(Where where) throws InterruptedException {
    try (VideoBatch batch = batch(where)) {
      batch.addAll(BatchFixture.requests(20));

      assertThat(batch.run().rows()).isEqualTo(Map.of(RowState.SAVED, 20L));
      assertThat(batch.rows().get(19).name()).isEqualTo("r19");
    }
    assertThat(fixture.api.accepted).hasSize(20).doesNotHaveDuplicates();
    assertThat(fixture.video("r19")).hasContent("video");
  }

  @ParameterizedTest
  @EnumSource
  void addingAgainChangesNothing(Where where) throws InterruptedException {
    try (VideoBatch batch = batch(where)) {
      batch.add("fox", request("a fox"));
      batch.add("fox", request("a fox"));
      batch.run();
      batch.add("fox", request("a fox"));

      assertThat(batch.run().rows()).isEqualTo(Map.of(RowState.SAVED, 1L));
    }
    assertThat(fixture.api.accepted).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void changedRowIsRefusedWithAllOthers(Where where) throws InterruptedException {
    try (VideoBatch batch = batch(where)) {
      batch.add("fox", request("a fox"));
      batch.run();

      assertThat(refused(batch, Map.of("fox", request("an owl"), "owl", request("an owl"))))
          .isEqualTo(Map.of("fox", RowProblem.CHANGED));
      assertThat(batch.row("owl")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowThatWasNotSentIsReplacedOnDemandOnly(Where where) throws InterruptedException {
    try (VideoBatch batch = batch(where)) {
      batch.add("fox", request("a fox"));

      assertThat(refused(batch, Map.of("fox", request("an owl"))))
          .isEqualTo(Map.of("fox", RowProblem.CHANGED));
      batch.replaceAll(Map.of("fox", request("an owl")));
      batch.run();
    }
    assertThat(fixture.api.accepted).containsExactly("an owl");
  }

  @ParameterizedTest
  @EnumSource
  void replacedRowIsCreatedAgain(Where where) throws Exception {
    try (VideoBatch batch = batch(where)) {
      batch.add("fox", request("a fox"));
      batch.run();
    }
    fixture.api.video = "new video";
    try (VideoBatch batch = fixture.builder().build()) {
      batch.replaceAll(Map.of("fox", request("an owl")));

      assertThat(batch.row("fox").orElseThrow().state()).isEqualTo(RowState.NEW);
      assertThat(Files.readString(fixture.video("fox"))).isEqualTo("video");
      assertThat(batch.run().isComplete()).isTrue();
      assertThat(batch.summary().boughtTwice()).isZero();
    }
    assertThat(fixture.api.accepted).containsExactly("a fox", "an owl");
    assertThat(fixture.video("fox")).hasContent("new video");
  }

  @ParameterizedTest
  @EnumSource
  void rowThatRunsIsNotReplaced(Where where) throws InterruptedException {
    try (VideoBatch batch = batch(where)) {
      batch.add("fox", request("hangs"));
      batch.start();
      BatchFixture.await(
          "it runs", () -> batch.row("fox").orElseThrow().state() == RowState.RUNNING);

      InvalidRowsException refused =
          catchThrowableOfType(
              InvalidRowsException.class, () -> batch.replaceAll(Map.of("fox", request("an owl"))));
      assertThat(refused.problems()).isEqualTo(Map.of("fox", RowProblem.RUNNING));
    }
  }

  @ParameterizedTest
  @EnumSource
  void failedRowIsRetriedOnDemand(Where where) throws InterruptedException {
    try (VideoBatch batch = batch(where)) {
      batch.add("fox", request("fails"));
      assertThat(batch.run().rows()).isEqualTo(Map.of(RowState.FAILED, 1L));
      assertThat(batch.row("fox").orElseThrow().reason().orElseThrow()).contains("<unsafe>");

      assertThat(batch.retry("fox")).isTrue();
      assertThat(batch.retry("fox")).isFalse();
      batch.run();
      assertThat(batch.row("fox").orElseThrow().attempts()).isEqualTo(2);
    }
    assertThat(fixture.api.accepted).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void onlyRowsThatWereNotSentAreRemoved(Where where) throws InterruptedException {
    try (VideoBatch batch = batch(where)) {
      batch.addAll(BatchFixture.requests(2));
      assertThat(batch.remove("r0")).isTrue();
      assertThat(batch.remove("r0")).isFalse();
      batch.run();

      assertThat(batch.remove("r1")).isFalse();
      assertThat(batch.rows()).hasSize(1);
    }
    assertThat(fixture.api.accepted).containsExactly("p1");
  }

  @ParameterizedTest
  @EnumSource
  void namesThatHaveOneFileAreRefused(Where where) {
    try (VideoBatch batch = batch(where)) {
      batch.add("Fox", request("a fox"));

      assertThat(refused(batch, Map.of("fox", request("a fox"))))
          .isEqualTo(Map.of("fox", RowProblem.SAME_NAME));
      assertThat(refused(batch, Map.of("../fox", request("a fox"))))
          .isEqualTo(Map.of("../fox", RowProblem.INVALID_NAME));
      assertThat(batch.rows()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileOfSomebodyElseIsRefused(Where where) throws Exception {
    try (VideoBatch batch = batch(where)) {
      Files.writeString(fixture.video("fox"), "mine");

      assertThat(refused(batch, Map.of("fox", request("a fox"))))
          .isEqualTo(Map.of("fox", RowProblem.FILE_EXISTS));
    }
    assertThat(fixture.video("fox")).hasContent("mine");
  }

  @ParameterizedTest
  @EnumSource
  void rowsAreAddedWhileItRuns(Where where) throws InterruptedException {
    try (VideoBatch batch = batch(where)) {
      batch.add("first", request("a fox"));
      batch.start();
      batch.addAll(BatchFixture.requests(3));

      assertThat(batch.run().rows()).isEqualTo(Map.of(RowState.SAVED, 4L));
    }
    assertThat(fixture.api.accepted).hasSize(4);
  }

  /** A folder with nothing to create is left alone, and what is wrong with it is named. */
  @Test
  void rowThatMayNotBeCreatedWaits() throws Exception {
    fixture = new BatchFixture(Where.FOLDER, folder.resolve("out"));
    AtomicInteger asked = new AtomicInteger();
    AtomicBoolean allowed = new AtomicBoolean();
    VideoBatchBuilder builder =
        fixture
            .builder()
            .createOnly(
                name -> {
                  asked.incrementAndGet();
                  return allowed.get() && name.equals("fox");
                });
    try (VideoBatch batch = builder.build()) {
      batch.add("owl", request("an owl"));
      batch.add("fox", request("a fox"));
      batch.start();
      BatchFixture.await("it has asked", () -> asked.get() > 1);
      Path away = Files.move(folder.resolve("out"), folder.resolve("away"));
      int before = asked.get();
      BatchFixture.await("it asks again", () -> asked.get() > before + 2);
      assertThat(batch.summary().stopped()).isEmpty();

      allowed.set(true);

      BatchFixture.await("it stops", () -> batch.summary().stopped().isPresent());
      assertThat(batch.summary().stopped().orElseThrow().message())
          .isEqualTo("no such folder: " + folder.resolve("out"));
      Files.move(away, folder.resolve("out"));
      batch.resume();
      BatchFixture.await(
          "it is saved", () -> batch.row("fox").orElseThrow().state() == RowState.SAVED);
      assertThat(batch.summary().stopped()).isEmpty();
    }
    assertThat(fixture.api.accepted).containsExactly("a fox");
  }

  @ParameterizedTest
  @EnumSource
  void propertiesMayBeLong(Where where) throws InterruptedException {
    String lyrics =
        new Random(7).ints(20_000, 'a', 'z').mapToObj(Character::toString).collect(joining());
    try (VideoBatch batch = batch(where)) {
      batch.add("fox", new UntypedVideoRequest("maker/model").with("lyrics", lyrics));

      assertThat(batch.run().isComplete()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void generationsThatHangHoldUpNothing(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    VideoBatchBuilder builder =
        fixture.builder().maxInFlight(1).pollPolicy(BatchFixture.POLLS.withTimeout(SHORT));
    try (VideoBatch batch = builder.build()) {
      batch.add("hangs", request("hangs"));
      batch.add("fox", request("a fox"));

      assertThat(batch.run().rows()).isEqualTo(Map.of(RowState.RUNNING, 1L, RowState.SAVED, 1L));
    }
  }
}
