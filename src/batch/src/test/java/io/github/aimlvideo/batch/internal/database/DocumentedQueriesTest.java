package io.github.aimlvideo.batch.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.batch.BatchFixture;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.batch.fixture.PostgresServer;
import io.github.aimlvideo.batch.fixture.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentedQueriesTest {
  private static final Pattern SQL = Pattern.compile("(?ms)^```sql\n(.*?)^```$");

  @ParameterizedTest
  @EnumSource(Where.class)
  void queriesOfTheReadmeRun(Where where, @TempDir Path folder) throws Exception {
    String url =
        where == Where.FOLDER
            ? "jdbc:sqlite:" + folder.resolve("batch.db")
            : PostgresServer.sharedUrl();
    try (BatchFixture fixture = new BatchFixture(where, folder)) {
      String clientRequestId;
      try (VideoBatch batch = fixture.builder().build()) {
        batch.add("Fox", BatchFixture.request("walks"));
        batch.add("Owl", BatchFixture.request("fails"));
        batch.run();
        clientRequestId = batch.row("Fox").orElseThrow().clientRequestId().orElseThrow();
      }

      List<String> results = results(url, fixture.name);
      assertThat(results.get(0)).isIn("FAILED", "SAVED");
      assertThat(results.subList(1, 4)).containsExactly("Owl", "100", clientRequestId);
    }
  }

  /** The first value of each query; empty if it has none. */
  private static List<String> results(String url, String batch) throws IOException, SQLException {
    Matcher block = SQL.matcher(Files.readString(Path.of("README.md")));
    assertThat(block.find()).isTrue();
    List<String> results = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String query : block.group(1).replace("'default'", "'" + batch + "'").split("\n")) {
        try (ResultSet row = statement.executeQuery(query)) {
          results.add(row.next() ? String.valueOf(row.getString(1)) : "");
        }
      }
    }
    return results;
  }
}
