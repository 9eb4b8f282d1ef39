package io.github.aimlvideo.batch;

import static io.github.aimlvideo.batch.BatchFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.fixture.PostgresServer;
import io.github.aimlvideo.batch.fixture.Where;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run would do is known without changing anything. */
class BatchPreviewTest {
  private static final Cost CREDITS_100 = Cost.ofCredits(BigDecimal.valueOf(100));

  @TempDir private Path folder;
  private BatchFixture fixture;

  @AfterEach
  void close() {
    if (fixture != null) fixture.close();
  }

  private BatchPreview preview(Where where) {
    return where == Where.FOLDER
        ? BatchPreview.inFolder(folder)
        : BatchPreview.on(fixture.database(), fixture.name, folder);
  }

  private VideoBatch batch(Where where) {
    VideoBatchBuilder builder = fixture.builder().server("one");
    return where == Where.FOLDER ? builder.name("default").build() : builder.build();
  }

  @Test
  void folderWithoutABatchIsNotMade() {
    BatchPreview preview = BatchPreview.inFolder(folder.resolve("new"));

    assertThat(preview.rows()).isEmpty();
    assertThat(preview.problems(Map.of("a", request("a"), "A", request("a")))).hasSize(1);
    assertThat(preview.knownCost(request("a"))).isEmpty();
    assertThat(preview.spent()).contains(Cost.ZERO);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void databaseWithoutTablesGetsNone() throws Exception {
    String schema = "empty_" + System.nanoTime();
    try (HikariDataSource shared = PostgresServer.shared();
        Connection connection = shared.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create schema " + schema);
    }
    String url = PostgresServer.sharedUrl() + "&currentSchema=" + schema;
    try (HikariDataSource source = PostgresServer.pool(url, 2)) {
      assertThat(BatchPreview.on(source, "default", folder).rows()).isEmpty();

      try (Connection connection = source.getConnection();
          ResultSet tables = connection.getMetaData().getTables(null, schema, null, null)) {
        assertThat(tables.next()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsProblemsAndCostsAreKnown(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    try (VideoBatch batch = batch(where)) {
      batch.add("fox", request("runs"));
      batch.run();
    }

    BatchPreview preview = preview(where);

    assertThat(preview.rows()).extracting(BatchRow::state).containsExactly(RowState.SAVED);
    assertThat(preview.problems(Map.of("fox", request("runs"), "owl", request("flies")))).isEmpty();
    assertThat(preview.problems(Map.of("fox", request("sleeps"))))
        .isEqualTo(Map.of("fox", RowProblem.CHANGED));
    assertThat(preview.knownCost(request("flies"))).contains(CREDITS_100);
    assertThat(preview.spent()).contains(CREDITS_100);
    assertThatThrownBy(() -> preview.checkServer("other"))
        .isInstanceOf(BatchException.class)
        .hasMessageContaining("belongs to the server one, not to other");
  }

  @ParameterizedTest
  @EnumSource
  void imagesOfTheSameContentAreTheSameRequest(Where where) throws Exception {
    fixture = new BatchFixture(where, folder);
    Path image = Files.copy(Path.of("../../mock/sample.jpg"), folder.resolve("a.jpg"));
    VideoRequest request =
        new KlingVideoV1StandardImageToVideoRequest().imageUrl(Image.file(image)).prompt("runs");
    try (VideoBatch batch = batch(where)) {
      batch.add("fox", request);
    }

    assertThat(preview(where).problems(Map.of("fox", request))).isEmpty();
  }

  @Test
  void imageIsNotCopiedToTheDatabase() throws Exception {
    fixture = new BatchFixture(Where.POSTGRES, folder);
    try (VideoBatch batch = batch(Where.POSTGRES)) {
      batch.add("fox", request("runs"));
    }
    byte[] unique = fixture.name.getBytes(StandardCharsets.UTF_8);
    byte[] jpeg = Files.readAllBytes(Path.of("../../mock/sample.jpg"));
    Path image = folder.resolve("unique.jpg");
    Files.write(image, jpeg);
    Files.write(image, unique, StandardOpenOption.APPEND);
    VideoRequest request =
        new KlingVideoV1StandardImageToVideoRequest().imageUrl(Image.file(image)).prompt("new");

    assertThat(preview(Where.POSTGRES).problems(Map.of("owl", request))).isEmpty();

    try (Connection connection = fixture.database().getConnection();
        var count =
            connection.prepareStatement(
                "select count(*) from video_images where position(? in content) > 0")) {
      count.setBytes(1, unique);
      ResultSet result = count.executeQuery();
      assertThat(result.next()).isTrue();
      assertThat(result.getInt(1)).isZero();
    }
  }

  @Test
  void batchOfAFolderStaysAsItIs() throws Exception {
    fixture = new BatchFixture(Where.FOLDER, folder);
    try (VideoBatch batch = batch(Where.FOLDER)) {
      batch.add("fox", request("runs"));
    }
    byte[] before = Files.readAllBytes(folder.resolve("batch.db"));

    assertThat(preview(Where.FOLDER).problems(Map.of("owl", request("flies")))).isEmpty();

    assertThat(folder.resolve("batch.db")).hasBinaryContent(before);
  }
}
