package io.github.aimlvideo.batch.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.aimlvideo.batch.fixture.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static Optional<String> timeout(Session session) throws SQLException {
    return session.first("show idle_in_transaction_session_timeout", row -> row.getString(1));
  }

  @Test
  void onlyATransactionThatLocksEndsWhenItsProcessIsFrozen() {
    try (HikariDataSource source = PostgresServer.shared()) {
      Database database = Database.open(source, null);

      Optional<String> locking =
          database.transaction(
              session -> {
                session.list("select 1" + session.endIfIdle(), row -> row.getInt(1));
                return timeout(session);
              });

      assertThat(locking).contains("30s");
      assertThat(database.transaction(SessionTest::timeout)).contains("0");
    }
  }

  @Test
  void aLongResultIsFetchedPieceByPiece() {
    String cursors = "select count(*) from pg_cursors";
    String series = "select * from generate_series(1, 2000)";
    try (HikariDataSource source = PostgresServer.shared()) {
      Database database = Database.open(source, null);

      long before = database.transaction(session -> session.number(cursors));
      List<Long> during =
          database.transaction(
              session ->
                  session.list(
                      series, row -> row.getInt(1) == 1 ? session.number(cursors) : before));

      assertThat(during).hasSize(2000);
      assertThat(during.get(0)).isGreaterThan(before);
    }
  }
}
