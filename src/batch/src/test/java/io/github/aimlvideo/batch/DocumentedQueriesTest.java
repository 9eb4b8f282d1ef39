package io.github.aimlvideo.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.testing.FakeVideoClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** The queries in the README of this module run as they are. */
class DocumentedQueriesTest {
  private static final Pattern SQL = Pattern.compile("(?ms)^```sql\n(.*?)^```$");

  @TempDir Path folder;

  @Test
  void theyRunOnSqlite() throws Exception {
    add(VideoBatch.inFolder(folder));
    SQLiteDataSource file = new SQLiteDataSource();
    file.setUrl("jdbc:sqlite:" + folder.resolve("batch.db"));

    assertThat(results(file)).containsExactly("NEW", "", "null", "");
  }

  @Test
  void theyRunOnPostgres() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      add(VideoBatch.on(postgres.getPostgresDatabase()).folder(folder));

      assertThat(results(postgres.getPostgresDatabase())).containsExactly("NEW", "", "null", "");
    }
  }

  private static void add(VideoBatchBuilder builder) {
    try (FakeVideoClient client = FakeVideoClient.create();
        VideoBatch batch = builder.client(client).build()) {
      batch.add("Fox", FolderBatchTest.request("The fox walks."));
    }
  }

  /** The first value of each query, which has no row, or one. */
  private static List<String> results(DataSource source) throws IOException, SQLException {
    Matcher block = SQL.matcher(Files.readString(Path.of("README.md")));
    assertThat(block.find()).isTrue();
    List<String> results = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String query : block.group(1).split("\n")) {
        try (ResultSet row = statement.executeQuery(query)) {
          results.add(row.next() ? String.valueOf(row.getString(1)) : "");
        }
      }
    }
    return results;
  }
}
