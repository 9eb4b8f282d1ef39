package io.github.aimlvideo.batch.internal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchException.Reason;
import io.github.aimlvideo.batch.FakeApi;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.batch.VideoBatchBuilder;
import io.github.aimlvideo.batch.fixture.BatchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is not from this batch, or was changed by somebody, is refused as it is. */
class ForeignFileTest {
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
    assertThat(api.creates).as("creates").hasValue(0);
  }

  private void addRows() {
    try (VideoBatch batch = folder.builder().build()) {
      batch.addAll(BatchFolder.rows("fox", 3));
    }
  }

  private String refused() {
    return refused(Reason.UNUSABLE, folder.builder());
  }

  private String refused(Reason reason, VideoBatchBuilder builder) {
    Map<String, byte[]> before = folder.files();
    BatchException failure = catchThrowableOfType(BatchException.class, builder::build);
    assertThat(failure).message().hasLineCount(1).contains(path.toString());
    assertThat(failure.reason()).isEqualTo(reason);
    Map<String, byte[]> after = folder.files();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
    return failure.getMessage();
  }

  @Test
  void emptyFileIsRefused() throws IOException {
    Files.createFile(folder.file);

    assertThat(refused()).contains("empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "SQLite format 3", "SQLite format 3\u0000 and more"})
  void textIsRefused(String text) throws IOException {
    Files.writeString(folder.file, text);

    assertThat(refused()).contains("not the database of a batch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal", "truncate"})
  void databaseOfAnotherProgramIsRefused(String journalMode) {
    BatchFolder.sql(
        folder.file, "pragma journal_mode = " + journalMode, "create table video_rows (batch)");

    assertThat(refused()).contains("not the database of a batch");
  }

  @Test
  void emptyDatabaseIsRefused() {
    BatchFolder.sql(folder.file, "create table t (a)", "drop table t");

    assertThat(refused()).contains("not the database of a batch");
  }

  @Test
  void folderInPlaceOfTheFileIsRefused() throws IOException {
    Files.createDirectory(folder.file);

    assertThat(refused()).contains("not a file");
  }

  @Test
  void walModeIsRefused() {
    addRows();
    BatchFolder.sql(folder.file, "pragma journal_mode = wal");

    assertThat(refused()).contains("another journal mode");
  }

  @Test
  void writeAheadLogBesideTheFileIsRefused() throws IOException {
    addRows();
    Files.writeString(path.resolve("batch.db-wal"), "any");

    assertThat(refused()).contains("batch.db-wal");
  }

  @Test
  void newerVersionIsRefused() {
    addRows();
    BatchFolder.sql(folder.file, "update video_schema set version = 7", "create table more (a)");

    assertThat(refused()).contains("version 7");
  }

  @Test
  void otherServerIsRefused() {
    addRows();

    assertThat(refused(Reason.OTHER_SERVER, folder.builder().server("other"))).contains("other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop index video_rows_by_state",
        "create table more (a)",
        "create trigger t after update on video_rows begin delete from video_creates; end",
        "alter table video_rows rename column worker to workers",
        "drop table video_images",
        "alter table video_creates add column more text"
      })
  void changedTablesAreRefused(String sql) {
    addRows();
    BatchFolder.sql(folder.file, sql);

    assertThat(refused()).contains("damaged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "row_key = 'FOX1'",
        "name = 'Fox1'",
        "model = 'another'",
        "request = '{}'",
        "state = 'SAVED'",
        "state = 'any'",
        "fingerprint = '0'",
        "kind = '{}'",
        "client_request_id = 'a'",
        "generation_id = 'id-1'",
        "credits_used = '1'",
        "credits_used = 'many'",
        "usd_spent = '1'",
        "attempts = 7",
        "reason = ''",
        "sent_at = 1",
        "ended_at = 1",
        "searched = 1",
        "searched_at = 1",
        "poll_until = 1",
        "suspended = 1",
        "worker = ''",
        "location = ''",
        "version = 1",
        "row_position = -1",
        "checksum = checksum + 1",
        "checksum = checksum || 'x'"
      })
  void changedRowIsRefused(String change) {
    addRows();
    BatchFolder.sql(folder.file, "update video_rows set " + change + " where row_position = 1");

    assertThat(refused()).contains("row").contains("damaged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "in_flight_limit = 11",
        "rejections = 1",
        "rejecting_since = 1",
        "paused_until = 9000000000000",
        "next_log_search = 9000000000000",
        "next_position = 2",
        "server = 'another'",
        "checksum = 0"
      })
  void changedLimitsAreRefused(String change) {
    addRows();
    BatchFolder.sql(folder.file, "update video_batches set " + change);

    assertThat(refused()).contains("damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"results.jsonl", "journal.jsonl"})
  void missingFileBesideResultsIsRefused(String results) throws IOException {
    Files.writeString(path.resolve(results), "{}\n");

    assertThat(refused()).contains(results);
    assertThat(folder.file).doesNotExist();
  }

  @Test
  void missingFileBesideItsJournalIsRefused() throws IOException {
    Files.writeString(path.resolve("batch.db-journal"), "any");

    assertThat(refused()).contains("batch.db-journal");
  }

  @Test
  void killedStartIsForgotten() throws IOException {
    Files.writeString(path.resolve("batch.db.part"), "any");
    Files.writeString(path.resolve("batch.db.part-journal"), "any");

    addRows();

    assertThat(folder.files().keySet()).doesNotContain("batch.db.part", "batch.db.part-journal");
  }
}
