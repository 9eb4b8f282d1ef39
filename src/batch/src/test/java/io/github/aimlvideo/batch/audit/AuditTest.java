package io.github.aimlvideo.batch.audit;

import static io.github.aimlvideo.batch.BatchFixture.await;
import static io.github.aimlvideo.batch.BatchFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchFixture;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.batch.VideoBatchBuilder;
import io.github.aimlvideo.batch.fixture.Where;
import io.github.aimlvideo.batch.internal.history.BatchHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Audits of batches in a folder and in PostgreSQL, with charges that the test makes. */
class AuditTest {
  private static final Duration SECONDS = Duration.ofSeconds(5);
  private static final String NO_LOGS = "{\"data\":[],\"pagination\":{\"has_more\":false}}";

  @TempDir private Path folder;
  private BatchFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  private VideoBatchBuilder builder(Where where) {
    fixture = new BatchFixture(where, folder);
    VideoBatchBuilder builder = fixture.builder().recoveryTimeout(Duration.ZERO).server("here");
    return where == Where.FOLDER ? builder.name("default") : builder;
  }

  private Audit audit() {
    return fixture.database() == null
        ? Audit.inFolder(folder)
        : Audit.on(fixture.database(), fixture.name);
  }

  private AuditReport report() {
    return audit().run(fixture.client.account());
  }

  private void charge(String id) {
    fixture.api.ledger.charge(id, 100, Duration.ZERO);
  }

  private static Map<String, Verdict> verdicts(AuditReport report) {
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (AuditEntry entry : report.entries())
      verdicts.put(entry.row().orElseThrow(), entry.verdict());
    return verdicts;
  }

  private static String id(VideoBatch batch, String row) {
    return batch.row(row).orElseThrow().generationId().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void rowsAreHeldAgainstTheLedger(Where where) throws Exception {
    try (VideoBatch batch = builder(where).build()) {
      batch.add("fox", request("walks"));
      batch.add("late", request("walks too"));
      batch.add("owl", request("fails"));
      batch.add("cat", request("rejected"));
      batch.add("bat", request("vanished"));
      batch.run();
      charge(id(batch, "fox"));
      charge(id(batch, "owl"));
      charge("of-another-batch");
    }

    AuditReport report = report();

    assertThat(verdicts(report))
        .isEqualTo(
            Map.of(
                "fox", Verdict.OK,
                "late", Verdict.NOT_CHARGED_YET,
                "owl", Verdict.CHARGED_ALTHOUGH_FAILED,
                "bat", Verdict.UNKNOWN));
    assertThat(report.otherCharges()).isEqualTo(1);
    assertThat(report.charged().credits()).isEqualByComparingTo("200");

    Files.delete(fixture.video("fox"));
    Verdict gone = where == Where.FOLDER ? Verdict.CHARGED_NOT_SAVED : Verdict.OK;
    assertThat(verdicts(report())).containsEntry("fox", gone);
  }

  @ParameterizedTest
  @EnumSource
  void lostCreateThatWasSentAgainIsChargedTwice(Where where) throws Exception {
    VideoBatchBuilder builder = builder(where).resubmitUnknown(true);
    AtomicInteger creates = new AtomicInteger();
    fixture.api.lost = prompt -> creates.getAndIncrement() == 0;
    fixture.api.logs = NO_LOGS;
    try (VideoBatch batch = builder.build()) {
      batch.add("fox", request("walks"));
      batch.run();
      charge(id(batch, "fox"));
    }
    fixture.api.logs = null;
    charge("id-1");

    AuditReport report = report();

    assertThat(report.problems()).hasSize(1);
    AuditEntry twice = report.problems().get(0);
    assertThat(twice.verdict()).isEqualTo(Verdict.CHARGED_TWICE);
    assertThat(twice.row()).contains("fox");
    assertThat(twice.generationId()).contains("id-1");
    assertThat(twice.isVideoMissing()).isTrue();
    assertThat(report.count(Verdict.OK)).isEqualTo(1);
  }

  @Test
  void rowsThatGotAnotherRequestWereChargedForBoth() throws Exception {
    try (VideoBatch batch = builder(Where.FOLDER).build()) {
      batch.add("fox", request("walks"));
      batch.run();
      charge(id(batch, "fox"));
      batch.replaceAll(Map.of("fox", request("runs")));
      batch.run();
      charge(id(batch, "fox"));
    }

    AuditReport report = report();

    assertThat(report.isWell()).isTrue();
    assertThat(report.count(Verdict.OK)).isEqualTo(2);
  }

  @Test
  void batchThatRunsIsReadAndStaysAsItIs() throws Exception {
    try (VideoBatch batch = builder(Where.FOLDER).build()) {
      batch.add("fox", request("hangs"));
      batch.start();
      await("it runs", () -> batch.row("fox").orElseThrow().state() == RowState.RUNNING);
      charge(id(batch, "fox"));
      byte[] before = Files.readAllBytes(folder.resolve("batch.db"));

      AuditReport report = report();

      assertThat(verdicts(report)).isEqualTo(Map.of("fox", Verdict.RUNNING));
      assertThat(report.isWell()).isTrue();
      assertThat(folder.resolve("batch.db")).hasBinaryContent(before);
    }
  }

  @Test
  void videoThatAPersonFetchedIsSaved() throws Exception {
    try (VideoBatch batch = builder(Where.FOLDER).build()) {
      fixture.api.logs = NO_LOGS;
      batch.add("fox", request("lost"));
      batch.run();
    }
    fixture.api.logs = null;
    charge("id-1");
    assertThat(verdicts(report())).isEqualTo(Map.of("fox", Verdict.CHARGE_WITHOUT_ROW));

    Files.writeString(fixture.video("fox"), "video");
    assertThat(verdicts(report())).isEqualTo(Map.of("fox", Verdict.OK));
  }

  @Test
  void ledgerIsReadFromBeforeTheFirstCreate() throws Exception {
    try (VideoBatch batch = builder(Where.FOLDER).build()) {
      batch.add("fox", request("walks"));
      batch.run();
    }
    Instant sent = BatchHistory.read(folder).creates().get(0).sentAt();
    report();
    assertThat(Duration.between(fixture.api.ledger.from, sent)).isCloseTo(hours(1), SECONDS);

    fixture.api.ledger.clock = Duration.ofHours(-3); // the clock of this machine is ahead
    report();
    assertThat(Duration.between(fixture.api.ledger.from, sent)).isCloseTo(hours(4), SECONDS);
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  @Test
  void batchWithoutCreatesNeedsNoServer() {
    try (VideoBatch batch = builder(Where.FOLDER).build()) {
      batch.add("fox", request("walks"));

      assertThat(report().entries()).isEmpty();
    }
    assertThat(fixture.api.ledger.from).isNull();
  }

  @Test
  void batchOfAnotherServerIsRefusedBeforeAnyRequest() throws Exception {
    try (VideoBatch batch = builder(Where.FOLDER).build()) {
      batch.add("fox", request("walks"));
      batch.run();
    }

    assertThatThrownBy(() -> audit().server("there").run(fixture.client.account()))
        .isInstanceOf(BatchException.class)
        .hasMessageContaining("the batch belongs to the server here, not to there");
    assertThat(fixture.api.ledger.from).isNull();
    assertThat(audit().server("here").run(fixture.client.account()).entries()).hasSize(1);
  }

  @Test
  void folderWithoutABatchIsRefused() {
    builder(Where.FOLDER);

    assertThatThrownBy(() -> report()).isInstanceOf(BatchException.class);
    assertThat(folder).isEmptyDirectory();
  }
}
